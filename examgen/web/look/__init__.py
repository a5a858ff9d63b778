"""The pages in which people settle what scanning left open: `examgen scan DIR --look`.

`look` is the door. `desk` keeps what is decided, `queues` says what is still to be done, `keys`
puts papers' keys beside answers, `pictures` cuts out what is shown, `verdicts` judges while
somebody types, `owners` proposes who took a paper, and `views` are the pages. What counts are the
lines of `grader/scan/records`, nothing else.
"""
