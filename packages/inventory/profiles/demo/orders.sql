-- An order cancelled before its promised time never falls due; one cancelled later stays due, so that the counter
-- never falls. On time in full is counted when the order falls due: the two counters make a ratio at any moment.
with orders as (
  select
    orders.*,
    promised_at <= clock.now_at and (cancelled_at is null or cancelled_at >= promised_at) as is_due
  from warehouse.orders
  cross join warehouse.business_clock clock
)
select
  sites.site,
  count(orders.order_id) as orders_placed,
  count(orders.order_id) filter (where status in ('placed', 'part_shipped')) as orders_open,
  count(orders.order_id) filter (where is_due) as orders_due,
  count(orders.order_id) filter (where is_due and shipped_at <= promised_at) as orders_on_time_in_full,
  count(orders.order_id) filter (where status = 'cancelled') as orders_cancelled
from warehouse.sites
left join orders using (site)
group by sites.site
