/**
 * The number that every frame of the test film carries: where its cells are, and how a page reads them off the picture.
 * Twelve cells, cell k lit when bit k of the frame number is 1; 4096 frames before it starts again.
 * Used by the maker of the film and by the drivers, so that both mean the same pixels.
 */

export const FILM = { width: 640, height: 360, framesPerSec: 30, lengthSec: 120 }

export const CELLS = { count: 12, x: 232, y: 328, size: 24, pitch: 32 }

/**
 * Runs in the page: what the picture and the player say at one moment.
 * It is handed to `evaluate`, so it may use nothing from outside itself.
 * @param {typeof CELLS} cells
 * @returns {{ frame: number, positionSec: number, paused: boolean, rate: number, atMs: number, readyState: number }}
 */
export function readFilm(cells) {
  const video = document.querySelector('video')
  if (!video) throw new Error('There is no video on this page.')
  const canvas = document.createElement('canvas')
  canvas.width = cells.count * cells.pitch
  canvas.height = cells.size
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This page has no canvas.')
  const atMs = performance.timeOrigin + performance.now()
  const positionSec = video.currentTime
  context.drawImage(video, -cells.x, -cells.y)
  const middle = cells.size / 2
  let frame = 0
  for (let bit = 0; bit < cells.count; bit++) {
    const [red = 0, green = 0, blue = 0] = context.getImageData(bit * cells.pitch + middle, middle, 1, 1).data
    if (red + green + blue > 3 * 100) frame |= 1 << bit
  }
  return { frame, positionSec, paused: video.paused, rate: video.playbackRate, atMs, readyState: video.readyState }
}
