export const id = 154;
export const ids = [154];
export const modules = {

/***/ 8154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nodePrograms: () => (/* binding */ nodePrograms)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/src/programs/environment.js + 1 modules
var programs_environment = __webpack_require__(1040);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./build/src/programs/process-tree.js



/** What pip says of every file of a project with thousands of them is less than half of it. */
const LIMIT = 8 * 1024 * 1024;
const onWindows = external_node_process_.platform === 'win32';
/** Says where Windows has its own programs. */
const systemRoot = external_node_process_.env['SYSTEMROOT'] ?? 'C:\\Windows';
/** How long a killed program may take to be gone, before nobody waits for it any more. */
const LAST_WAIT = 500;
/** How long what a program wrote may take to arrive once it has ended, in milliseconds; it has left its output by then. */
const LAST_READ = 5_000;
/** Runs a program; see `Programs.run`. */
async function runProgram(command, signal) {
    signal.throwIfAborted();
    let child;
    try {
        child = start(command);
    }
    catch (error) {
        // Most of what keeps a program from being started is reported later; that its environment is too long, at once.
        return { code: undefined, output: '', errors: String(error) };
    }
    const kill = () => killTree(child);
    let tooMuch = false;
    let length = 0;
    const output = [];
    const errors = [];
    const take = (chunks) => (chunk) => {
        length += chunk.length;
        if (length <= LIMIT)
            chunks.push(chunk);
        else if (!tooMuch) {
            tooMuch = true;
            kill();
        }
    };
    child.stdout?.on('data', take(output));
    child.stderr?.on('data', take(errors));
    // Whoever ends this process without aborting leaves nothing behind either.
    const killAtEnd = () => killTree(child, 'now');
    external_node_process_.once('exit', killAtEnd);
    try {
        const code = await endOf(child, signal);
        signal.throwIfAborted();
        if (tooMuch)
            return { code: undefined, output: '', errors: `it wrote more than ${LIMIT} bytes` };
        return { code, output: process_tree_text(output), errors: process_tree_text(errors) };
    }
    catch (error) {
        if (signal.aborted)
            throw error;
        return { code: undefined, output: '', errors: String(error) };
    }
    finally {
        external_node_process_.off('exit', killAtEnd);
        child.stdout?.destroy();
        child.stderr?.destroy();
    }
}
function start({ program, args, directory, environment }) {
    const given = onWindows ? windowsStart(program, args, systemRoot) : { program, args, verbatim: false };
    return (0,external_node_child_process_.spawn)(given.program, given.args, {
        cwd: directory,
        env: { ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own can be killed as a whole; Windows knows parents instead, and would open a window.
        detached: !onWindows,
        windowsHide: true,
        windowsVerbatimArguments: given.verbatim,
    });
}
/**
 * Waits until the program has ended and all that it wrote is here. What it started and left behind, which may hold its
 * output open for ever, is killed as soon as it has ended.
 */
function endOf(child, signal) {
    return new Promise((resolve, reject) => {
        let timer;
        const stop = () => {
            killTree(child);
            timer ??= setTimeout(() => settle(() => resolve(undefined)), LAST_WAIT);
        };
        const settle = (how) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', stop);
            how();
        };
        signal.addEventListener('abort', stop, { once: true });
        child.once('error', error => settle(() => reject(error)));
        child.once('exit', code => {
            killTree(child);
            // What has left the group, or on Windows all that it left behind, may hold its output open for ever.
            timer ??= setTimeout(() => settle(() => resolve(code ?? undefined)), onWindows ? LAST_WAIT : LAST_READ);
        });
        child.once('close', code => settle(() => resolve(code ?? undefined)));
    });
}
/** @param when `now`: before this returns, as the end of this process wants it. */
function killTree(child, when = 'soon') {
    const { pid } = child;
    if (pid === undefined)
        return;
    if (onWindows) {
        if (child.exitCode !== null || child.signalCode !== null)
            return;
        const taskkill = external_node_path_.join(systemRoot, 'System32', 'taskkill.exe');
        const args = ['/PID', String(pid), '/T', '/F'];
        if (when === 'now')
            (0,external_node_child_process_.spawnSync)(taskkill, args, { stdio: 'ignore', windowsHide: true, timeout: 5000 });
        else
            (0,external_node_child_process_.spawn)(taskkill, args, { stdio: 'ignore', windowsHide: true }).on('error', () => void child.kill());
        return;
    }
    try {
        external_node_process_.kill(-pid, 'SIGKILL');
    }
    catch {
        // The group is gone.
    }
}
function process_tree_text(chunks) {
    return cutLongLines(Buffer.concat(chunks).toString('utf8'));
}
/**
 * Tells how a program is started on Windows. A batch file is run by the command line, which would carry out what it
 * finds in an argument; Node refuses to start one unless forced to (CVE-2024-27980). So an argument may hold
 * nothing that the command line makes anything of, and the path nothing that it replaces between quotes.
 *
 * @throws {Error} where an argument or the path holds more.
 * @internal
 */
function windowsStart(program, args, systemRoot) {
    if (!/\.(?:cmd|bat)$/i.test(program))
        return { program, args, verbatim: false };
    const strange = args.find(arg => !/^[\w.:/-]+$/.test(arg));
    if (strange !== undefined)
        throw new Error(`a batch file cannot be given ${JSON.stringify(strange)}`);
    if (/["%!\u0000-\u001f]/.test(program))
        throw new Error(`a batch file cannot be run from ${JSON.stringify(program)}`);
    // /d: no AutoRun. /v:off: no !variables!. /s: the first and the last quote are taken away, and nothing else.
    return {
        program: external_node_path_.win32.join(systemRoot, 'System32', 'cmd.exe'),
        args: ['/d', '/s', '/v:off', '/c', `""${program}" ${args.join(' ')}"`],
        verbatim: true,
    };
}
/** More than any line that is read: the longest is a package of uv's with all that ask for it, some 100 KiB at most. */
const LONGEST_LINE = 1024 * 1024;
/**
 * Cuts lines of more than 1 MiB characters. A regular expression remembers where it could have taken another turn for each
 * character of a line, and V8 throws a `RangeError` where that is more than 64 MiB: `kMaximumStackSize` in
 * https://github.com/v8/v8/blob/main/src/regexp/regexp-stack.h
 * @internal
 */
function cutLongLines(text) {
    if (text.length <= LONGEST_LINE)
        return text;
    return text
        .split('\n')
        .map(line => line.slice(0, LONGEST_LINE))
        .join('\n');
}
//# sourceMappingURL=process-tree.js.map
// EXTERNAL MODULE: ./build/src/programs/workspace-paths.js
var workspace_paths = __webpack_require__(7839);
;// CONCATENATED MODULE: ./build/src/programs/node-programs.js







/** Returns the programs of this machine. */
function nodePrograms({ variables, workspace, withheld }) {
    const locate = (0,workspace_paths/* createPathLocator */.E)(external_node_path_.resolve(workspace));
    const reported = new Set();
    const environment = async (kindOf) => {
        const selection = await (0,programs_environment/* selectEnvironment */.aP)(variables, kindOf, locate);
        const news = selection.withheld.filter(name => !reported.has(name));
        news.forEach(name => reported.add(name));
        if (news.length > 0)
            withheld(news);
        return selection.environment;
    };
    return {
        environment,
        find: async (program, endings = ['.exe']) => {
            const { PATH = '' } = await environment(name => (name === 'PATH' ? 'places' : undefined));
            for (const directory of PATH.split(external_node_path_.delimiter)) {
                for (const ending of external_node_process_.platform === 'win32' ? endings : ['']) {
                    const candidate = external_node_path_.join(directory, program + ending);
                    // A link in a directory outside may nevertheless lead into the workspace.
                    if ((await isExecutable(candidate)) && (await locate(candidate)) === 'outside')
                        return candidate;
                }
            }
            return undefined;
        },
        neutralDirectory: external_node_process_.platform === 'win32' ? systemRoot : '/',
        run: runProgram,
    };
}
async function isExecutable(file) {
    try {
        await (0,promises_.access)(file, external_node_fs_.constants.X_OK);
        return (await (0,promises_.stat)(file)).isFile();
    }
    catch {
        return false;
    }
}
//# sourceMappingURL=node-programs.js.map

/***/ })

};
