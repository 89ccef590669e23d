using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Files;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// DeepKeras's own model file: a zip archive (stored, not compressed) with <c>config.json</c> (layers and what Compile was given), <c>model.safetensors</c>,
/// <c>optimizer.safetensors</c>, <c>state.json</c> (random numbers) and <c>metadata.json</c> (format, version, SHA-256 of the other parts).
/// </summary>
internal static class ModelFile
{
    private const string Format = "dkeras";
    private const int FormatVersion = 1;
    private const string ConfigPart = "config.json";
    private const string WeightsPart = "model.safetensors";
    private const string OptimizerPart = "optimizer.safetensors";
    private const string StatePart = "state.json";
    private const string MetadataPart = "metadata.json";

    public static void Save(Model model, string path, bool includeOptimizer)
    {
        if (!model.IsBuilt) throw Throw.NotBuilt(model);
        var config = ObjectConfig.Write(model);
        var optimizer = includeOptimizer ? model.Optimizer : null;
        if (optimizer is not null) config["compile_config"] = CompileConfig.Write(model, model.Compiled!);
        AtomicFile.Write(path, stream =>
        {
            var hashes = new JsonObject();
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Put(zip, ConfigPart, hashes, part => ZipParts.WriteJson(part, config));
            Put(zip, WeightsPart, hashes, part => SafetensorsWriter.Write(part, WeightTable.Sources(model), null));
            if (optimizer is { TrainableWeights.Count: > 0 })
            {
                using var scope = torch.NewDisposeScope();
                Put(zip, OptimizerPart, hashes, part => SafetensorsWriter.Write(part, SafetensorsWriter.Sources(optimizer.GetState([.. model.Weights.Where(w => w.IsTrained)])), null));
            }
            Put(zip, StatePart, hashes, part => ZipParts.WriteJson(part, RandomState.Write(model)));
            Put(zip, MetadataPart, [], part => ZipParts.WriteJson(part, new JsonObject
            {
                ["format"] = Format,
                ["format_version"] = FormatVersion,
                ["deepkeras_version"] = typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
                ["date_saved"] = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
                ["sha256"] = hashes,
            }));
        });
    }

    public static Model Load(string path, bool compile, bool resume)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw Throw.ModelFileMissing(path);
        using var stream = File.OpenRead(path);
        try
        {
            if (IsHdf5(stream)) return KerasLegacyModel.Load(path, compile, resume);
            using var zip = Open(stream, path);
            if (zip.GetEntry(KerasModelFile.WeightsPart) is not null) return KerasModelFile.Load(zip, path, compile, resume);
            CheckParts(zip, path);
            return Load(zip, path, compile, resume);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw Throw.ModelFile(path, $"it is damaged ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
    }

    private static Model Load(ZipArchive zip, string path, bool compile, bool resume)
    {
        var config = ZipParts.ReadJson(zip, ConfigPart, path);
        var model = ObjectConfig.Read<Model>(config);
        using (var weights = new SafetensorsWeights(Reader(zip, WeightsPart, path))) _ = WeightTable.Load(model, weights, skipMismatch: false, $"{path}, {WeightsPart}");
        if (compile && config["compile_config"] is JsonObject { Count: > 0 } compileConfig)
        {
            CompileConfig.Apply(model, compileConfig);
            if (zip.GetEntry(OptimizerPart) is not null)
            {
                using var scope = torch.NewDisposeScope();
                using var file = Reader(zip, OptimizerPart, path);
                RestoreOptimizer(model, [.. file.ReadAll()]);
            }
        }
        RandomState.Restore(model, ZipParts.ReadJson(zip, StatePart, path), resume, path);
        return model;
    }

    /// <summary>Gives a compiled model's optimizer the state that its weights had.</summary>
    public static void RestoreOptimizer(Model model, IReadOnlyList<(string Name, Tensor Value)> state)
    {
        var optimizer = model.Optimizer!;
        model.ReadyOptimizer(model.Compiled!);
        var known = optimizer.GetState().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (state.Any(s => !known.Contains(s.Name))) GiveFrozenWeightsState(model);
        optimizer.SetState(state);
    }

    /// <summary>A layer that was trained and then frozen still has its state in the file; it gets its place by being trainable for a moment.</summary>
    internal static void GiveFrozenWeightsState(Model model)
    {
        var layers = Inside(model).Select(l => (Layer: l, l.Trainable)).ToList();
        model.Trainable = true;
        model.Optimizer!.Build([.. model.Weights.Where(w => w.IsTrained)]);
        foreach (var (layer, trainable) in layers)
        {
            if (layer.Trainable != trainable) layer.Trainable = trainable;
        }
    }

    /// <summary>A layer and all that it holds, from the outside in.</summary>
    internal static IEnumerable<Layer> Inside(Layer layer) => layer.Sublayers.SelectMany(l => Inside(l).Prepend(l)).Prepend(layer).Distinct();

    private static bool IsHdf5(FileStream stream)
    {
        Span<byte> start = stackalloc byte[8];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return FileKind.IsHdf5(start[..length]);
    }

    private static ZipArchive Open(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[9];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (!start.StartsWith("PK"u8)) throw Throw.ModelFile(path, $"it is {FileKind.Of(start[..length]) ?? "no zip archive"}");
        return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
    }

    /// <summary>Refuses what was written by something else, or is not what was written.</summary>
    private static void CheckParts(ZipArchive zip, string path)
    {
        if (zip.GetEntry(MetadataPart) is null || zip.GetEntry(ConfigPart) is null) throw Throw.ModelFile(path, $"it is a zip archive without {MetadataPart} and {ConfigPart}");
        var metadata = ZipParts.ReadJson(zip, MetadataPart, path);
        if ((string?)ConfigReader.Read(metadata["format"], typeof(string), $"{path}, format") != Format) throw Throw.ModelFile(path, $"its format is {metadata["format"]?.ToJsonString() ?? "not named"} where \"{Format}\" is expected");
        if (ConfigReader.Read(metadata["format_version"], typeof(int), $"{path}, format_version") is not FormatVersion) throw Throw.ModelFile(path, $"its format_version is {metadata["format_version"]?.ToJsonString() ?? "not named"} where {FormatVersion} is expected; a newer DeepKeras may read it");
        if (metadata["sha256"] is not JsonObject hashes) throw Throw.ModelFile(path, $"{MetadataPart} lacks the hashes of the parts");
        foreach (var part in new[] { ConfigPart, WeightsPart, StatePart }.Union(hashes.Select(h => h.Key), StringComparer.Ordinal))
        {
            if (zip.GetEntry(part) is not { } entry) throw Throw.ModelFile(path, $"{part} is not in it");
            var expected = (string?)ConfigReader.Read(hashes[part], typeof(string), $"{path}, sha256 of {part}");
            using var content = entry.Open();
            var found = Convert.ToHexStringLower(SHA256.HashData(content));
            if (!string.Equals(found, expected, StringComparison.OrdinalIgnoreCase)) throw Throw.ModelFile(path, $"{part} is damaged: its SHA-256 is {found} where {expected ?? "none"} is expected");
        }
    }

    private static SafetensorsReader Reader(ZipArchive zip, string part, string path)
    {
        var entry = zip.GetEntry(part)!;
        return new SafetensorsReader(entry.Open(), entry.Length, $"{path}, {part}");
    }

    private static void Put(ZipArchive zip, string name, JsonObject hashes, Action<Stream> write)
    {
        using var sha = SHA256.Create();
        using (var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open())
        using (var hashed = new CryptoStream(entry, sha, CryptoStreamMode.Write))
        {
            write(hashed);
        }
        hashes[name] = Convert.ToHexStringLower(sha.Hash!);
    }
}
