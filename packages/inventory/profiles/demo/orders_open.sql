select sites.site, count(orders.order_id) as orders_open
from warehouse.sites
left join warehouse.orders on orders.site = sites.site and orders.status in ('placed', 'part_shipped')
group by sites.site
