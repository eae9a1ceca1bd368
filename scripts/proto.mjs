/**
 * Makes the code that reads and writes PianoRhythm's messages from its schema, `src/dialects/pianorhythm/pianorhythm.proto`.
 * What is made is not kept in git; whoever needs it has it made first, if it is missing or older than the schema.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * @param {string} root of the project
 * @returns {{ outputs: string[], inputs: string[] }}
 */
export function protoFiles(root) {
  const folder = join(root, 'src/dialects/pianorhythm')
  return {
    outputs: ['js', 'd.ts'].map((ending) => join(folder, `built/pianorhythm_pb.${ending}`)),
    inputs: [join(folder, 'pianorhythm.proto'), join(root, 'node_modules/@bufbuild/protoc-gen-es/package.json')],
  }
}

/** @param {string} root */
export function buildProto(root) {
  const packages = join(root, 'node_modules/@bufbuild')
  const template = {
    version: 'v2',
    plugins: [
      {
        local: [process.execPath, join(packages, 'protoc-gen-es/bin/protoc-gen-es')],
        out: 'src/dialects/pianorhythm/built',
        // Of the enums of TypeScript no runtime can make plain JavaScript by leaving the types out.
        opt: ['target=js+dts'],
      },
    ],
  }
  const { status } = spawnSync(
    process.execPath,
    [join(packages, 'buf/bin/buf'), 'generate', 'src/dialects/pianorhythm', '--template', JSON.stringify(template)],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  if (status !== 0) throw new Error('The code for PianoRhythm could not be made from its schema.')
}
