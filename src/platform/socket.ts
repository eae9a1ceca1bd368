/** A socket as a port: what the client needs of a WebSocket, in browsers and in Node. */
export type Frame = string | Uint8Array

export type SocketHandlers = {
  onOpen(): void
  onFrame(frame: Frame): void
  /** Called exactly once, also when the socket never opened. */
  onClose(code: number, reason: string): void
}

export type Socket = { send(frame: Frame): void; close(code?: number, reason?: string): void }

/** `headers`: what the handshake has to say besides, nothing in a header's place takes it off; only where the world outside can. */
export type OpenSocket = (
  url: string,
  handlers: SocketHandlers,
  headers?: Readonly<Record<string, string | null>>,
) => Socket
