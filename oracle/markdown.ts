import { HOSTILE, pageOf } from '../__tests__/github/hostile-texts.js'
import type { MarkdownSaid, Rendered } from '../__tests__/github/rendered.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { cmarkgfmRelease } from './releases.js'

const PROGRAM = String.raw`
import json, sys
from html.parser import HTMLParser
import cmarkgfm
from cmarkgfm.cmark import Options

class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.prose, self.links, self.elements, self.shown = [], [], [], set(), ''

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.links += [value for name, value in attributes if name in ('href', 'src')]
        if tag in ('a', 'code', 'pre'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        self.shown += data
        if not self.open and data.strip():
            self.prose.append(data.strip())

def read(markdown):
    # GitHub takes HTML too, and looks at it afterwards.
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    reader = Reader()
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options))
    reader.close()
    once = lambda values: list(dict.fromkeys(values))
    elements = sorted(reader.elements)
    return {'prose': once(reader.prose), 'links': once(reader.links), 'elements': elements, 'shown': reader.shown}

json.dump([read(markdown) for markdown in json.load(sys.stdin)], sys.stdout)
`

/** What GitHub's renderer makes of pages with hostile texts. */
export const markdown: Recording = {
  name: 'markdown',
  ask: (): MarkdownSaid => {
    const pages = HOSTILE.map(pageOf)
    const environment = environmentWith(`cmarkgfm==${cmarkgfmRelease}`)
    const rendered = askPython(environment, PROGRAM, [...pages, ...HOSTILE]) as readonly Rendered[]
    return {
      said: `cmarkgfm ${cmarkgfmRelease}`,
      pages: Object.fromEntries(HOSTILE.map((text, index) => [text, { markdown: pages[index]!, ...rendered[index]! }])),
      raw: Object.fromEntries(HOSTILE.map((text, index) => [text, rendered[pages.length + index]!])),
    }
  },
}
