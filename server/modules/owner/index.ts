import * as route from '#contract/owner.ts';
import { defineModule, serve } from '#platform/module.ts';
import { findEstates, lookAtEstate } from './use-cases/look-at-estate.ts';
import { printPosters } from './use-cases/print-posters.ts';

/** 业主端: what owners reach from their phones without an account, and the posters that lead there. */
export const owner = defineModule({
  name: 'owner',
  routes: [serve(route.findEstates, findEstates), serve(route.lookAtEstate, lookAtEstate), serve(route.printPosters, printPosters)],
});
