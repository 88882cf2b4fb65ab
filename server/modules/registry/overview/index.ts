import * as directory from '#contract/registry/directory.ts';
import * as sheet from '#contract/registry/sheet.ts';
import { serve, type Served } from '#platform/module.ts';
import { addContact, archiveContact, getContact, updateContact } from './directory/contacts.ts';
import { getDirectory } from './directory/get-directory.ts';
import { exportQuality } from './quality/export-quality.ts';
import { getQuality } from './quality/get-quality.ts';
import { search } from './search/search.ts';
import { getCompanySheet } from './sheet/company-sheet.ts';
import { getEstateSheet } from './sheet/estate-sheet.ts';
import { getTownshipSheet } from './sheet/township-sheet.ts';

/** 总览: search, the directory, the one-page sheets and data quality. */
export const overviewRoutes: readonly Served[] = [
  serve(directory.search, search),
  serve(directory.getDirectory, getDirectory), serve(directory.getContact, getContact), serve(directory.postContact, addContact), serve(directory.putContact, updateContact), serve(directory.archiveContact, archiveContact),
  serve(sheet.getEstateSheet, getEstateSheet), serve(sheet.getCompanySheet, getCompanySheet), serve(sheet.getTownshipSheet, getTownshipSheet),
  serve(sheet.getQuality, getQuality), serve(sheet.exportQuality, exportQuality),
];
