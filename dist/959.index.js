export const id = 959;
export const ids = [959];
export const modules = {

/***/ 3959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  nodeTools: () => (/* binding */ nodeTools)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/src/clock.js
var clock = __webpack_require__(8179);
;// CONCATENATED MODULE: ./build/src/requirements/resolution/environment.js

/** What programs need to run at all, and to find Python; nothing that a virtual environment sets. */
const SYSTEM = [
    'HOME',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'PROGRAMDATA',
    'SYSTEMROOT',
    'SYSTEMDRIVE',
    'WINDIR',
    'COMSPEC',
    'PATHEXT',
    'PROCESSOR_ARCHITECTURE',
    'LANG',
    'LC_ALL',
    'LD_LIBRARY_PATH',
    'PYENV_ROOT',
    'XDG_CONFIG_HOME',
    'XDG_CONFIG_DIRS',
    'XDG_DATA_HOME',
    'UV_PYTHON_INSTALL_DIR',
];
/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const NETWORK = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'SSL_CLIENT_CERT',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'NETRC',
    'PIP_INDEX_URL',
    'PIP_EXTRA_INDEX_URL',
    'PIP_TRUSTED_HOST',
    'PIP_PROXY',
    'PIP_CERT',
    'PIP_CLIENT_CERT',
    'UV_DEFAULT_INDEX',
    'UV_INDEX',
    'UV_INDEX_URL',
    'UV_EXTRA_INDEX_URL',
    'UV_INDEX_STRATEGY',
    'UV_INSECURE_HOST',
    'UV_NATIVE_TLS',
    'UV_SYSTEM_CERTS',
    'UV_HTTP_TIMEOUT',
    'UV_HTTP_RETRIES',
];
/** Credentials of a named index: https://docs.astral.sh/uv/reference/environment/#uv_index_name_password */
const INDEX_CREDENTIAL = /^UV_INDEX_[A-Z0-9_]{1,100}_(?:USERNAME|PASSWORD)$/;
/** Files with settings of a tool. */
const CONFIGURATION = ['PIP_CONFIG_FILE', 'UV_CONFIG_FILE'];
const ALLOWED = new Set([...SYSTEM, ...NETWORK]);
/**
 * What of the step's environment a tool may have: a list of what is known to be needed, so that no input, token or
 * secret goes along by having a name that nobody thought of.
 *
 * Nothing of the workspace, which a pull request writes, may decide what is run and which index is asked: directories of
 * the search path and files of settings in it are left out, as is what is relative, for tools run in another directory.
 */
function toolEnvironment(all, rules = external_node_path_) {
    const workspace = all['GITHUB_WORKSPACE'] ?? '';
    const outside = (place) => rules.isAbsolute(place) && (workspace === '' || !isWithin(place, workspace, rules));
    const kept = {};
    for (const [name, value] of Object.entries(all)) {
        if (value === undefined)
            continue;
        const upper = name.toUpperCase();
        if (upper === 'PATH')
            kept['PATH'] = value.split(rules.delimiter).filter(outside).join(rules.delimiter);
        else if (ALLOWED.has(upper) || INDEX_CREDENTIAL.test(upper))
            kept[name] = value;
        else if (CONFIGURATION.includes(upper) && outside(value))
            kept[upper] = value;
    }
    return kept;
}
function isWithin(place, directory, rules) {
    const relative = rules.relative(directory, place);
    return relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative);
}
//# sourceMappingURL=environment.js.map
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./build/src/requirements/resolution/process-tree.js



/** pip's report holds the descriptions of all packages, some of them hundreds of KiB. */
const LIMIT = 64 * 1024 * 1024;
const onWindows = external_node_process_.platform === 'win32';
/** How long a killed program may take to be gone, before nobody waits for it any more. */
const LAST_WAIT = 500;
/** Runs a program; see `Tools.run`. */
async function runProgram(command, signal) {
    signal.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(command.program, command.args, {
        cwd: command.directory,
        env: { ...command.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own can be killed as a whole; Windows knows parents instead, and would open a window.
        detached: !onWindows,
        windowsHide: true,
    });
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
            // On Windows nothing is known any more of what it has left behind.
            if (onWindows)
                timer ??= setTimeout(() => settle(() => resolve(code ?? undefined)), LAST_WAIT);
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
        const taskkill = external_node_path_.join(external_node_process_.env['SYSTEMROOT'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
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
    return Buffer.concat(chunks).toString('utf8');
}
//# sourceMappingURL=process-tree.js.map
;// CONCATENATED MODULE: ./build/src/requirements/resolution/node-tools.js








/** This machine. `environment` is that of the step. */
function nodeTools(environment) {
    const kept = toolEnvironment(environment);
    return {
        clock: clock/* systemClock */.m,
        environment: kept,
        find: program => findProgram(program, kept['PATH'] ?? ''),
        run: runProgram,
        withDirectory: use => withDirectory(environment['RUNNER_TEMP'], use),
    };
}
async function findProgram(program, searchPath) {
    // Without a shell, Windows starts only what is an executable file, not a script.
    const file = external_node_process_.platform === 'win32' ? `${program}.exe` : program;
    for (const directory of searchPath.split(external_node_path_.delimiter)) {
        if (directory === '')
            continue;
        const candidate = external_node_path_.join(directory, file);
        if (await isExecutable(candidate))
            return candidate;
    }
    return undefined;
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
async function withDirectory(runnerTemp, use) {
    const base = runnerTemp !== undefined && external_node_path_.isAbsolute(runnerTemp) ? runnerTemp : (0,external_node_os_.tmpdir)();
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(base, 'requirements-'));
    try {
        return await use({
            path: directory,
            write: (name, text) => (0,promises_.writeFile)(external_node_path_.join(directory, name), text),
            read: name => (0,promises_.readFile)(external_node_path_.join(directory, name), 'utf8').catch(() => undefined),
        });
    }
    finally {
        // A file that a killed tool still holds on Windows is left to the runner, which empties its directory itself.
        await (0,promises_.rm)(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
}
//# sourceMappingURL=node-tools.js.map

/***/ })

};
