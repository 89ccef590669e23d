namespace DeepKeras.Layers;

/// <summary>One axis of an image that is cut into tiles of equal length, the last ones filled up by reflection.</summary>
internal sealed class TileAxis
{
    /// <param name="extent">Pixels of the image.</param>
    /// <param name="tiles">How many tiles.</param>
    public TileAxis(long extent, long tiles)
    {
        Length = (extent + tiles - 1) / tiles;
        Places = Every(Length * tiles, i => i % (2 * extent) is var folded && folded < extent ? folded : (2 * extent) - 1 - folded);
        Own = Every(Length * tiles, i => i / Length);
        // Counted from the centre of tile −1, so that the integer part needs no rounding down of negative numbers.
        var positions = Every(extent, i => (i + (Length / 2.0)) / Length);
        Before = Array.ConvertAll(positions, p => Math.Clamp((long)p - 1, 0, tiles - 1));
        After = Array.ConvertAll(positions, p => Math.Clamp((long)p, 0, tiles - 1));
        Shares = Array.ConvertAll(positions, p => p - Math.Floor(p));
    }

    /// <summary>Pixels of a tile.</summary>
    public long Length { get; }

    /// <summary>The image's pixel at every place of the filled-up axis.</summary>
    public long[] Places { get; }

    /// <summary>The tile of every place of the filled-up axis.</summary>
    public long[] Own { get; }

    /// <summary>For every pixel of the image the tile whose centre comes before it, or the first.</summary>
    public long[] Before { get; }

    /// <summary>For every pixel of the image the tile whose centre comes after it, or the last.</summary>
    public long[] After { get; }

    /// <summary>How far every pixel is on the way from the one centre to the other, from 0 to 1.</summary>
    public double[] Shares { get; }

    private static T[] Every<T>(long count, Func<long, T> at)
    {
        var values = new T[count];
        for (var i = 0L; i < count; i++) values[i] = at(i);
        return values;
    }
}
