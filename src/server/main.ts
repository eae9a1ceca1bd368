/** The process: settings in, a running server out, and what the operating system says to it. Nothing else is decided here. */
import { FolderInUse } from './folder-lock'
import { createLog, reasonOf } from './log'
import { startServer } from './server'
import { parseSettings, type Settings, WrongSetting } from './settings'

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function sentenceFor(error: unknown, settings: Settings): string {
  if (error instanceof FolderInUse) {
    return `Another server works in the folder ${settings.dataDir}. Stop it, or set DATA_DIR to another folder.`
  }
  if (error instanceof WrongSetting) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const { host, port, dataDir } = settings
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Stop what listens there, or set PORT to another one.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Set HOST to one that it has.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return code === 'EACCES' && error instanceof Error && 'syscall' in error && error.syscall === 'listen'
        ? `This user may not listen on port ${port}. Set PORT to one above 1023.`
        : `The folder ${dataDir} can not be written. Set DATA_DIR to one that can.`
    default:
      return `The server could not start: ${reasonOf(error)}`
  }
}

const parsed = parseSettings(process.argv.slice(2), process.env)
if (!parsed.ok) fail(parsed.sentence)
const { settings } = parsed

try {
  const server = await startServer(settings, createLog(settings.logLevel))
  server.metrics.watchProcess()
  let isStopping = false
  const stop = (): void => {
    // Who asks twice does not want to wait.
    if (isStopping) process.exit(1)
    isStopping = true
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`The server could not stop cleanly: ${reasonOf(error)}`),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.stdout.write(`listening on ${server.url}\n`)
} catch (error) {
  fail(sentenceFor(error, settings))
}
