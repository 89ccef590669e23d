using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json.Nodes;
using DeepKeras.Files;

namespace DeepKeras.Serialization;

/// <summary>
/// Keras 3's model file: a zip archive with <c>config.json</c> (layers and what Compile was given), <c>metadata.json</c> and <c>model.weights.h5</c> (weights and the
/// optimizer's state). DeepKeras adds <c>state.json</c> (random numbers, and which weights the optimizer's state belongs to), which Keras leaves aside.
/// </summary>
internal static class KerasModelFile
{
    /// <summary>What tells such an archive from others.</summary>
    public const string WeightsPart = "model.weights.h5";

    /// <summary>The layout; Keras only keeps the number.</summary>
    private const string KerasVersion = "3.0.0";

    private const string ConfigPart = "config.json";
    private const string MetadataPart = "metadata.json";
    private const string StatePart = "state.json";
    private const string OptimizerNames = "optimizer";

    public static void Save(Model model, string path, bool includeOptimizer)
    {
        if (!model.IsBuilt) throw Throw.NotBuilt(model);
        using var scope = torch.NewDisposeScope();
        var config = ObjectConfig.Write(model);
        var state = RandomState.Write(model);
        IReadOnlyList<(string Name, Tensor Value)>? optimizer = null;
        if (includeOptimizer && model.Optimizer is { } used)
        {
            config["compile_config"] = CompileConfig.Write(model, model.Compiled!);
            optimizer = KerasOptimizerState.Of(used, [.. model.Weights.Where(w => w.IsTrained)]);
            state[OptimizerNames] = new JsonArray([.. optimizer.Select(s => JsonValue.Create(s.Name))]);
        }
        AtomicFile.Write(path, stream =>
        {
            using var weights = new TemporaryFile(Path.GetDirectoryName(Path.GetFullPath(path)));
            KerasWeights.Write(model, weights.Path, optimizer?.Select(s => s.Value).ToList());
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            ZipParts.PutJson(zip, MetadataPart, Metadata());
            ZipParts.PutJson(zip, ConfigPart, config);
            using (var part = zip.CreateEntry(WeightsPart, CompressionLevel.NoCompression).Open())
            using (var content = File.OpenRead(weights.Path))
            {
                content.CopyTo(part);
            }
            ZipParts.PutJson(zip, StatePart, state);
        });
    }

    public static Model Load(ZipArchive zip, string path, bool compile, bool resume)
    {
        var config = ZipParts.ReadJson(zip, ConfigPart, path);
        using var weights = new TemporaryFile();
        using (var target = new FileStream(weights.Path, FileMode.CreateNew, FileAccess.Write)) ZipParts.CopyTo(zip.GetEntry(WeightsPart)!, target, path);
        using var file = new KerasH5(weights.Path, $"{path}, {WeightsPart}");
        KerasAssets.Insert(zip, config, file, path);
        var model = ObjectConfig.Read<Model>(config);
        _ = KerasWeights.Load(model, file, skipMismatch: false);
        var state = zip.GetEntry(StatePart) is null ? null : ZipParts.ReadJson(zip, StatePart, path);
        if (compile && config["compile_config"] is JsonObject { Count: > 0 } compileConfig)
        {
            CompileConfig.Apply(model, compileConfig);
            using var scope = torch.NewDisposeScope();
            KerasOptimizerState.Restore(model, file.ReadOptimizer(), Names(state), path);
        }
        if (state is not null) RandomState.Restore(model, state, resume, path);
        else if (resume) throw Throw.ModelFile(path, $"{StatePart}, which holds the state of the random numbers, is not in it: Keras itself wrote the file, so load it with resume: false");
        return model;
    }

    private static string[]? Names(JsonObject? state) =>
        state?[OptimizerNames] is { } names ? (string[]?)ConfigReader.Read(names, typeof(string[]), $"{StatePart}, {OptimizerNames}") : null;

    private static JsonObject Metadata() => new()
    {
        ["keras_version"] = KerasVersion,
        ["date_saved"] = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
        ["deepkeras_version"] = typeof(KerasModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
    };
}
