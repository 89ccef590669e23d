using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Data;
using DeepKeras.Serialization;

namespace DeepKeras.Training;

/// <summary>A place in a data set: what its current pass began with, and how many batches of it are read.</summary>
/// <param name="Session">The state of the random numbers when the pass began.</param>
/// <param name="Orders">The states of the shuffles when the pass began.</param>
/// <param name="Batches">How many batches are read; 0 between two passes.</param>
internal sealed record DataPosition(ulong Session, JsonArray Orders, long Batches)
{
    /// <summary>The place before a pass that begins now.</summary>
    public static DataPosition Between(Dataset<Batch> source) => new(RandomSource.State, WriteOrders(source), 0);

    public static DataPosition Read(JsonNode? json, string where) => new(
        ulong.TryParse((string?)ConfigReader.Read(json?["session"], typeof(string), where), NumberStyles.None, CultureInfo.InvariantCulture, out var session) ? session : 0,
        json?["orders"] as JsonArray ?? [],
        (long)ConfigReader.Read(json?["batches"], typeof(long), where)!);

    public static JsonArray WriteOrders(Dataset<Batch> source) => [.. source.Orders.Select(o => o.Write())];

    /// <summary>Puts the shuffles of a data set into a state that <see cref="WriteOrders"/> gave; says whether there are as many.</summary>
    public static bool TryRestoreOrders(Dataset<Batch> source, JsonArray orders)
    {
        var own = source.Orders;
        if (own.Count != orders.Count) return false;
        for (var i = 0; i < own.Count; i++) own[i].Restore(orders[i], "orders");
        return true;
    }

    public JsonObject Write() => new()
    {
        ["session"] = Session.ToString(CultureInfo.InvariantCulture),
        ["orders"] = Orders.DeepClone(),
        ["batches"] = Batches,
    };

    /// <summary>Makes the next pass of a data set begin as this one did.</summary>
    public bool TryRestore(Dataset<Batch> source)
    {
        RandomSource.State = Session;
        return TryRestoreOrders(source, Orders);
    }
}
