select name as site from stock_location
