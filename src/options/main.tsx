/** Wires the page to the extension: port, downloads. Everything else is handed these. */
import { language, t } from '../platform/i18n'
import { connectPort } from '../platform/port'
import { saveFile } from '../platform/save-file'
import { systemTimers } from '../platform/timers'
import { mountPersonPage } from './person-page'

document.documentElement.lang = language()
document.title = t('youTitle')

mountPersonPage(document.getElementById('you') ?? document.body, {
  connect: connectPort,
  timers: systemTimers,
  save: saveFile,
})
