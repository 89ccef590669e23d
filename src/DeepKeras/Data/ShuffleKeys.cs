using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Serialization;

namespace DeepKeras.Data;

/// <summary>What decides the order of each pass of a shuffle: the seed and how many passes have begun.</summary>
public sealed class ShuffleKeys
{
    private readonly Lock _lock = new();
    private readonly int? _seed;
    private readonly bool _reshuffles;
    private long _passes;
    private ulong? _first;

    /// <param name="seed">The user's seed; null to follow the session.</param>
    /// <param name="reshuffles">Whether each pass has an order of its own.</param>
    internal ShuffleKeys(int? seed, bool reshuffles) => (_seed, _reshuffles) = (seed, reshuffles);

    internal ulong Next()
    {
        lock (_lock)
        {
            if (!_reshuffles) return _first ??= _seed is { } only ? RandomKeys.Of((ulong)only, 0) : RandomSource.Next();
            return _seed is { } own ? RandomKeys.Of((ulong)own, _passes++) : RandomSource.Next();
        }
    }

    internal JsonObject Write()
    {
        lock (_lock) return new JsonObject { ["passes"] = _passes, ["first"] = _first?.ToString(CultureInfo.InvariantCulture) };
    }

    internal void Restore(JsonNode? json, string where)
    {
        var passes = (long)ConfigReader.Read(json?["passes"], typeof(long), where)!;
        var first = (string?)ConfigReader.Read(json?["first"], typeof(string), where);
        lock (_lock) (_passes, _first) = (passes, first is null ? null : ulong.Parse(first, CultureInfo.InvariantCulture));
    }
}
