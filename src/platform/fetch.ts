/** A plain request as a port: what the client needs of `fetch`, in browsers and in Node. */
export type FetchRequest = {
  readonly method: string
  /** Whole. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type FetchResponse = {
  readonly status: number
  /** In small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Resolves to nothing when nobody answered, or too much. Never rejects. */
export type Fetch = (request: FetchRequest) => Promise<FetchResponse | undefined>
