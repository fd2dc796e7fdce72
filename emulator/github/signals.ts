/**
 * Preloaded into a process (`node --import`), has it take signals as messages: on Windows, to send a process a signal is
 * to end it, while GitHub's runner presses Ctrl+C in its console.
 */
process.on('message', signal => {
  if (typeof signal === 'string' && !process.emit(signal as NodeJS.Signals)) process.exit(1)
})
// Whoever waits for nothing else ends.
process.channel?.unref()
