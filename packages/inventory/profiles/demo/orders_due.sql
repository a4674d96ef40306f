-- An order falls due as time passes, not as its row changes, so these rows follow the promised time. One cancelled before
-- its promised time never falls due; one cancelled later stays due, so that the counter never falls. On time in full is
-- counted when the order falls due: the two counters make a ratio at any moment.
select
  orders.order_id,
  orders.promised_at,
  orders.site,
  case when orders.cancelled_at < orders.promised_at then 0 else 1 end as due,
  case when orders.shipped_at <= orders.promised_at then 1 else 0 end as on_time_in_full
from warehouse.orders
where orders.promised_at <= (select now_at from warehouse.business_clock)
