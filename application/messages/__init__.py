"""Messages 消息 to seekers, claimants and employers: wording, queue, adapters, sender, receipts."""
