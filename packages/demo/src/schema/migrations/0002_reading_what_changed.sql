-- Whoever follows these tables by what changed, or asks what happened in a span of time, reads the rows of that span only.

create index orders_by_promise on warehouse.orders (promised_at);
create index orders_by_placing on warehouse.orders (placed_at);
create index purchase_orders_by_ordering on warehouse.purchase_orders (ordered_at);
create index returns_by_record on warehouse.returns (recorded_at);
create index customer_ratings_by_record on warehouse.customer_ratings (recorded_at);
