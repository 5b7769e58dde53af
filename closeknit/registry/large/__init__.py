"""What a register of millions needs: rows in by the quickest way of each engine, one import at a time, words that many persons bear."""
