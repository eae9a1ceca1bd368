/** The discrete Fourier transform for correlating sounds: complex, in place, of one length that is a power of two. */

/** @typedef {ReturnType<typeof createFourier>} Fourier */

/** @type {Map<number, ReturnType<typeof createFourier>>} */
const made = new Map()

/** The tables of one length are made once. @param {number} size a power of two @returns {Fourier} */
export function fourierOf(size) {
  const fourier = made.get(size) ?? createFourier(size)
  made.set(size, fourier)
  return fourier
}

/** @param {number} size */
function createFourier(size) {
  const cos = Float64Array.from({ length: size / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / size))
  const sin = Float64Array.from({ length: size / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / size))
  const bits = Math.log2(size)
  const mirrored = Uint32Array.from({ length: size }, (_, index) => {
    let out = 0
    for (let bit = 0; bit < bits; bit++) if (index & (1 << bit)) out |= 1 << (bits - 1 - bit)
    return out
  })
  return {
    size,
    /**
     * Forward. The inverse is the same with both parts swapped, times the size.
     * @param {Float64Array} re @param {Float64Array} im
     */
    transform: (re, im) => {
      for (let index = 0; index < size; index++) {
        const other = mirrored[index] ?? 0
        if (other <= index) continue
        const [keptRe = 0, keptIm = 0] = [re[index], im[index]]
        re[index] = re[other] ?? 0
        im[index] = im[other] ?? 0
        re[other] = keptRe
        im[other] = keptIm
      }
      for (let half = 1, step = size / 2; half < size; half *= 2, step /= 2)
        for (let start = 0; start < size; start += 2 * half)
          for (let index = start, turn = 0; index < start + half; index++, turn += step) {
            const other = index + half
            const [turnRe, turnIm] = [/** @type {number} */ (cos[turn]), /** @type {number} */ (sin[turn])]
            const [otherRe, otherIm] = [/** @type {number} */ (re[other]), /** @type {number} */ (im[other])]
            const [ownRe, ownIm] = [/** @type {number} */ (re[index]), /** @type {number} */ (im[index])]
            const movedRe = otherRe * turnRe - otherIm * turnIm
            const movedIm = otherRe * turnIm + otherIm * turnRe
            re[other] = ownRe - movedRe
            im[other] = ownIm - movedIm
            re[index] = ownRe + movedRe
            im[index] = ownIm + movedIm
          }
    },
  }
}
