"""Laws, rights, duties and answers to rumours, for everybody: on the screen and on paper."""
