namespace DeepKeras.Data;

/// <summary>Elements that wait to be drawn at random.</summary>
internal sealed class ShuffleBuffer<T>(ulong key)
{
    private readonly List<T> _waiting = [];
    private readonly RandomKeys _keys = new(key);

    public int Count => _waiting.Count;

    public void Add(T element) => _waiting.Add(element);

    public T Draw()
    {
        var at = (int)_keys.Below((ulong)_waiting.Count);
        var drawn = _waiting[at];
        _waiting[at] = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
        return drawn;
    }
}
