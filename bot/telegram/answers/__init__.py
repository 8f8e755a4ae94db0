"""Questions, their answers, and the passages behind them."""
