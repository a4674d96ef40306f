select ratings.order_id, ratings.recorded_at, orders.site, ratings.stars as rating, 1 as ratings
from warehouse.customer_ratings ratings
join warehouse.orders using (order_id)
