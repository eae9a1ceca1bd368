/**
 * The one door to the browser's extension APIs, with promises in both browsers.
 * Nothing else imports the polyfill: it refuses to load outside an extension, so whatever must run in a test is handed
 * a small port instead.
 */
export { default as browser } from 'webextension-polyfill'
