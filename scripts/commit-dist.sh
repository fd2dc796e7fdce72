#!/usr/bin/env bash
# Commits the files of a folder as dist/ to a branch, by GitHub's API: as data, so that nothing of them is run, and signed.
# The files come from a build of somebody's change, so they are held against what dist/ may hold.
# BRANCH and its last commit HEAD come from the environment, GH_TOKEN and GH_REPO for gh.
set -euo pipefail

built=$1
if [ ! -d "$built" ]; then
  echo 'Nothing was built: dist/ stays as it is.'
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

names=()
while IFS= read -r -d '' path; do
  name=${path#"$built"/}
  if [[ ! $name =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] || [ -L "$path" ] || [ ! -f "$path" ]; then
    echo "Not a file that dist/ may hold: $(printf '%q' "$name")" >&2
    exit 1
  fi
  names+=("$name")
done < <(find "$built" -mindepth 1 -print0 | sort -z)
if [ "${#names[@]}" -eq 0 ] || [ "${#names[@]}" -gt 20 ] || [ "$(du -sk "$built" | cut -f1)" -gt 20480 ]; then
  echo "dist/ has 1 to 20 files of 20 MB at most; this has ${#names[@]}." >&2
  exit 1
fi

gh api "repos/{owner}/{repo}/contents/dist?ref=$HEAD" --jq '.[].name' > "$scratch/before"

# Without the mark, Dependabot would not rebase its branch any more:
# https://docs.github.com/en/code-security/how-tos/secure-your-supply-chain/manage-your-dependency-security/managing-pull-requests-for-dependency-updates
node - "$built" "$scratch/before" "${names[@]}" > "$scratch/request" <<'SCRIPT'
const { readFileSync } = require('node:fs')
const [built, before, ...names] = process.argv.slice(2)
const gone = readFileSync(before, 'utf8').split('\n').filter(name => name !== '' && !names.includes(name))
const input = {
  branch: { repositoryNameWithOwner: process.env.GH_REPO, branchName: process.env.BRANCH },
  expectedHeadOid: process.env.HEAD,
  message: { headline: 'Rebuild dist [dependabot skip]' },
  fileChanges: {
    additions: names.map(name => ({ path: `dist/${name}`, contents: readFileSync(`${built}/${name}`, 'base64') })),
    deletions: gone.map(name => ({ path: `dist/${name}` })),
  },
}
const query =
  'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { url } } }'
process.stdout.write(JSON.stringify({ query, variables: { input } }))
SCRIPT
gh api graphql --input "$scratch/request" --jq '.data.createCommitOnBranch.commit.url'
gh workflow run codeql.yml --ref "$BRANCH"
gh workflow run ci.yml --ref "$BRANCH"
