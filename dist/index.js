// What a runner starts: it loads the action, or says in a sentence why this Node cannot run it. GitHub's runners bring the
// Node that action.yml names, while `act` takes the one of its container, whatever action.yml says. Older ones would stop
// at the first module or syntax that they do not know, so this file has none, and is bundled with nothing. Nor does it
// import `node:fs`, which loads the whole of it.
const needed = 24;
const found = process.versions.node;
if (Number(found.split('.')[0]) >= needed)
    void import('./action.js');
else {
    const title = 'node-version';
    const remedy = `let the runner, or with act its container, have Node ${needed} or newer`;
    process.stdout.write(`::error title=${title}::This action needs Node ${needed}, and this is Node ${found}: ${remedy}.\n`);
    process.exitCode = 1;
}
export {};
