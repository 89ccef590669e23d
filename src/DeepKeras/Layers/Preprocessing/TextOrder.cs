namespace DeepKeras.Layers;

/// <summary>The order of texts by their bytes in UTF-8, which is that of their characters' numbers.</summary>
internal sealed class TextOrder : IComparer<string>
{
    public static TextOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = ((x ?? "").EnumerateRunes(), (y ?? "").EnumerateRunes());
        while (true)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft || !hasRight) return hasLeft.CompareTo(hasRight);
            var order = left.Current.CompareTo(right.Current);
            if (order != 0) return order;
        }
    }
}
