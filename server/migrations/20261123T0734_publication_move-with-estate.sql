-- publication: an estate's items follow it to another township, another community or the estate it is merged into; steps stay insert-only otherwise. No lock worth naming.

set local lock_timeout = '3s';

grant update (county_id, township_id, neighbourhood_id, estate_id) on publication.step to shanzhi_app;
