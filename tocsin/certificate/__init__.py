"""What of a source was missed on some days, by the publisher's own counter: nothing, exactly these, or what nobody can say."""
