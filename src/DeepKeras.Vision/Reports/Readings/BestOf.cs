namespace DeepKeras.Vision.Reports;

/// <summary>Keeps the few items of the highest rank out of many.</summary>
internal sealed class BestOf<T>(int capacity)
{
    private readonly PriorityQueue<T, double> _queue = new();

    /// <summary>From the highest rank down.</summary>
    public IReadOnlyList<T> Items => [.. _queue.UnorderedItems.OrderByDescending(p => p.Priority).Select(p => p.Element)];

    /// <summary>Takes an item in, which is made only where its rank is high enough; items without a rank come last.</summary>
    public void Offer(double rank, Func<T> make)
    {
        if (double.IsNaN(rank)) rank = double.NegativeInfinity;
        if (capacity == 0) return;
        if (_queue.Count == capacity)
        {
            if (!_queue.TryPeek(out _, out var lowest) || rank <= lowest) return;
            _queue.Dequeue();
        }
        _queue.Enqueue(make(), rank);
    }
}
