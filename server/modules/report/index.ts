import * as route from '#contract/report.ts';
import { sendPeriodically } from '#domain/report/obligations.ts';
import { defineModule, serve } from '#platform/module.ts';
import { reportHoldings } from './holdings.ts';
import { reportPersonalData } from './personal-data.ts';
import { downloadBlank, exportForms, getCatalogue, getOneForm, listForms } from './use-cases/look-at-forms.ts';
import { downloadFilling, previewFilling, previewRows } from './use-cases/preview.ts';
import { archiveForm, saveMarks } from './use-cases/save-marks.ts';
import { setCadence } from './use-cases/set-cadence.ts';
import { saveTypedCells } from './use-cases/save-typed-cells.ts';
import { downloadSending, exportSendings, getOneSending, listSendings, sendingRows, sendReport } from './use-cases/send.ts';
import { uploadForm } from './use-cases/upload-form.ts';

/** 上报表格: other bodies' blanks, marked once, filled at a day, frozen when sent. */
export const report = defineModule({
  name: 'report',
  routes: [
    serve(route.postReportForm, uploadForm), serve(route.listReportForms, listForms), serve(route.exportReportForms, exportForms), serve(route.getReportForm, getOneForm), serve(route.getReportBlank, downloadBlank),
    serve(route.putReportMarks, saveMarks), serve(route.putReportTypedCells, saveTypedCells), serve(route.putReportCadence, setCadence), serve(route.archiveReportForm, archiveForm), serve(route.getReportCatalogue, getCatalogue),
    serve(route.getReportFilling, previewFilling), serve(route.getReportFillingRows, previewRows), serve(route.getReportFillingFile, downloadFilling),
    serve(route.postReportSending, sendReport), serve(route.listReportSendings, listSendings), serve(route.exportReportSendings, exportSendings), serve(route.getReportSending, getOneSending),
    serve(route.getReportSendingRows, sendingRows), serve(route.getReportSendingFile, downloadSending),
  ],
  duties: [sendPeriodically],
  holdings: reportHoldings,
  personalData: reportPersonalData,
});
