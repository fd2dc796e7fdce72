import fs = require('node:fs')

// Node does not tell what its child processes have used, so each one writes it down for itself as it ends.
process.on('exit', () => {
  fs.writeFileSync(process.env['BENCH_USAGE_FILE']!, JSON.stringify(process.resourceUsage()))
})
