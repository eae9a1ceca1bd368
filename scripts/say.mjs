/** How the scripts tell a person what they are doing: one line when a step begins, one when it is done, with seconds. */

/**
 * @param {string} what said as it begins, like "Building the extension"
 * @returns {() => void} call it when done
 */
export function step(what) {
  const startMs = performance.now()
  console.log(`${what} …`)
  return () => console.log(`${what}: done in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
}

/**
 * Runs a script's main part: a failure is one sentence and exit code 1, not a stack.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(process.env['DEBUG'] ? error : error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
