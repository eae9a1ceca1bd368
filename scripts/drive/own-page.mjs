/**
 * A page of the extension in a tab, as tests and measurements use it, the same for both browsers: read what it shows, click, and hold
 * keys of the computer down. Real input events; what the page makes of them is its own.
 */

/**
 * @typedef {object} OwnPage
 * @property {<A, R>(look: (document: Document, arg: A) => R, arg: A) => Promise<R>} read runs `look` in the page; it may use nothing
 *   from outside itself, and its answer must be plain JSON
 * @property {(selector: string) => Promise<void>} click
 * @property {(code: string) => Promise<void>} keyDown a letter's key by its place, like KeyB
 * @property {(code: string) => Promise<void>} keyUp
 * @property {() => Promise<void>} toFront
 * @property {() => Promise<void>} close
 */

/** @param {import('puppeteer-core').Page} page that has been loaded @returns {OwnPage} */
export function ownPageIn(page) {
  return {
    read: (look, arg) =>
      page.evaluate(`(${String(look)})(document, ${JSON.stringify(arg) ?? 'undefined'})`).then(
        // The page is another world; what comes back is what `look` returned there.
        (answer) => /** @type {ReturnType<typeof look>} */ (answer),
      ),
    click: (selector) => page.click(selector),
    keyDown: (code) => page.keyboard.down(/** @type {import('puppeteer-core').KeyInput} */ (code)),
    keyUp: (code) => page.keyboard.up(/** @type {import('puppeteer-core').KeyInput} */ (code)),
    toFront: () => page.bringToFront(),
    close: () => page.close(),
  }
}

/** What BiDi calls the keys that are used here. @param {string} code */
function valueOf(code) {
  const punctuation = { Minus: '-', Equal: '=', Comma: ',', Period: '.' }
  const found = Object.entries(punctuation).find(([name]) => name === code)
  return found ? found[1] : code.replace(/^(Key|Digit)/, '').toLowerCase()
}

/**
 * puppeteer refuses pages of extensions in Firefox; its connection does not.
 * @param {{ send(method: string, params: object): Promise<{ result: any }> }} connection
 * @param {string} url
 * @returns {Promise<OwnPage>}
 */
export async function openOverBidi(connection, url) {
  const { context } = (await connection.send('browsingContext.create', { type: 'tab' })).result
  await connection.send('browsingContext.navigate', { context, url, wait: 'complete' })
  /** @param {string} expression @returns {Promise<string | undefined>} */
  const evaluate = async (expression) => {
    const { result } = await connection.send('script.evaluate', {
      target: { context },
      awaitPromise: true,
      expression: `(async () => JSON.stringify(await (${expression})))()`,
    })
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text)
    return result.result.value
  }
  /** @type {Promise<unknown>} */
  let performed = Promise.resolve()
  /** One after the other: of several at once Firefox may never end one. @param {string} type @param {readonly object[]} actions */
  const perform = (type, actions) => {
    const source = { type, id: type, ...(type === 'pointer' && { parameters: { pointerType: 'mouse' } }), actions }
    const next = performed
      .catch(() => undefined)
      .then(() => connection.send('input.performActions', { context, actions: [source] }))
    performed = next
    return next
  }
  /** @type {OwnPage['read']} */
  const read = async (look, arg) => {
    const told = await evaluate(`(${String(look)})(document, ${JSON.stringify(arg) ?? 'undefined'})`)
    return told === undefined ? undefined : JSON.parse(told)
  }
  return {
    read,
    click: async (selector) => {
      const [x, y] = await read((document, wanted) => {
        const found = document.querySelector(wanted)
        if (!found) throw new Error(`There is no ${wanted}.`)
        found.scrollIntoView({ block: 'nearest' })
        const box = found.getBoundingClientRect()
        return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]
      }, selector)
      await perform('pointer', [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ])
    },
    keyDown: async (code) => void (await perform('key', [{ type: 'keyDown', value: valueOf(code) }])),
    keyUp: async (code) => void (await perform('key', [{ type: 'keyUp', value: valueOf(code) }])),
    toFront: async () => void (await connection.send('browsingContext.activate', { context })),
    close: async () => void (await connection.send('browsingContext.close', { context })),
  }
}
