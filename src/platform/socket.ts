/** A socket as a port: what the client needs of a WebSocket, in browsers and in Node. */
export type Frame = string | Uint8Array

export type SocketHandlers = {
  onOpen(): void
  onFrame(frame: Frame): void
  /** Called exactly once, also when the socket never opened. */
  onClose(code: number, reason: string): void
}

export type Socket = { send(frame: Frame): void; close(code?: number, reason?: string): void }

export type OpenSocket = (url: string, handlers: SocketHandlers) => Socket
