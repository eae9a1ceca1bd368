/** What each browser's player can bear, chosen by measurement. */
export type PlayerProfile = { readonly name: 'chromium' | 'firefox' }
