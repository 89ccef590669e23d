using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>Where all random numbers stand: the framework's own, torch's, and the counters of layers that have a seed.</summary>
internal static class RandomState
{
    private const string Session = "session";
    private const string Torch = "torch";
    private const string Streams = "streams";

    public static JsonObject Write(Model model)
    {
        using var state = torch.get_rng_state();
        var streams = new JsonObject();
        foreach (var (name, layer) in SeededLayers(model)) streams[name] = layer.Random.Draws;
        return new JsonObject
        {
            [Session] = RandomSource.State.ToString(CultureInfo.InvariantCulture),
            [Torch] = Convert.ToBase64String(state.bytes),
            [Streams] = streams,
        };
    }

    /// <summary>The counters belong to the model; the rest belongs to the process and is set only to resume.</summary>
    public static void Restore(Model model, JsonObject json, bool wholeProcess, string source)
    {
        if (json[Streams] is JsonObject streams)
        {
            foreach (var (name, layer) in SeededLayers(model))
            {
                if (streams[name] is { } draws) layer.Random.Draws = (long)ConfigReader.Read(draws, typeof(long), $"state.json, {name}")!;
            }
        }
        if (!wholeProcess) return;
        var session = (string?)ConfigReader.Read(json[Session], typeof(string), "state.json, session");
        var native = (string?)ConfigReader.Read(json[Torch], typeof(string), "state.json, torch");
        var bytes = new byte[native?.Length ?? 0];
        if (!ulong.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var own) || native is null || !Convert.TryFromBase64String(native, bytes, out var length)) throw Throw.ModelFile(source, "state.json does not hold the state of the random numbers");
        using var current = torch.get_rng_state();
        // Another libtorch may have another generator; setting a state of the wrong size would end the process.
        if (current.numel() != length) throw Throw.ModelFile(source, string.Create(CultureInfo.InvariantCulture, $"the state of torch's random numbers has {length} bytes where {current.numel()} are expected; it was saved with another libtorch, so load it with resume: false"));
        using var state = torch.tensor(bytes[..length], ScalarType.Byte);
        torch.set_rng_state(state);
        RandomSource.State = own;
    }

    /// <summary>The layers that have a seed of their own, in the model's order.</summary>
    public static IEnumerable<IRandomLayer> Seeded(Model model) => SeededLayers(model).Select(l => l.Layer);

    /// <summary>The layers that draw from a counter of their own.</summary>
    public static IEnumerable<(string Name, IRandomLayer Layer)> SeededLayers(Model model)
    {
        var seen = new HashSet<Layer>();
        return Walk(model, "");

        IEnumerable<(string Name, IRandomLayer Layer)> Walk(Layer parent, string prefix)
        {
            foreach (var layer in parent.Sublayers)
            {
                if (!seen.Add(layer)) continue;
                if (layer is IRandomLayer { Random.HasSeed: true } random) yield return (prefix + layer.Name, random);
                foreach (var inner in Walk(layer, $"{prefix}{layer.Name}/")) yield return inner;
            }
        }
    }
}
