namespace DeepKeras.Vision.Reports;

/// <summary>Keeps a fair choice of a stream of unknown length: each item with the same probability (Vitter 1985, algorithm R).</summary>
internal sealed class Reservoir<T>(int capacity)
{
    // A generator of its own with a fixed seed: the same data give the same report, and the model's random numbers stay as they were.
    private readonly Random _random = new(1);
    private readonly List<T> _items = [];
    private long _seen;

    public IReadOnlyList<T> Items => _items;

    /// <summary>Takes an item in, which is made only where it is kept.</summary>
    public void Offer(Func<T> make)
    {
        _seen++;
        if (_items.Count < capacity)
        {
            _items.Add(make());
            return;
        }
        var place = _random.NextInt64(_seen);
        if (place < capacity) _items[(int)place] = make();
    }
}
