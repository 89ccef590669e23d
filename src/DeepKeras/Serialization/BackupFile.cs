using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using DeepKeras.Callbacks;
using DeepKeras.Files;
using DeepKeras.Layers;
using DeepKeras.Training;

namespace DeepKeras.Serialization;

/// <summary>
/// A backup of a training as a zip archive (stored, not compressed): <c>state.json</c> (epoch, step, place in the data, random numbers, counters of callbacks) and
/// <c>tensors.safetensors</c> (weights, the optimizer's state, running figures, tensors of callbacks). Its sums are checked before anything is used.
/// </summary>
internal sealed class BackupFile
{
    private const string Format = "deepkeras_backup";
    private const int FormatVersion = 1;
    private const string StatePart = "state.json";
    private const string TensorPart = "tensors.safetensors";
    private readonly string _path;
    private readonly JsonObject _state;

    private BackupFile(string path, JsonObject state)
    {
        (_path, _state) = (path, state);
        Epoch = Number("epoch");
        Step = Number("step");
    }

    /// <summary>The epoch to go on in, from 0.</summary>
    public int Epoch { get; }

    /// <summary>How many steps of it are done.</summary>
    public int Step { get; }

    public static void Save(string path, TrainingState state)
    {
        using var scope = torch.NewDisposeScope();
        using var recording = torch.no_grad();
        var (model, optimizer) = (state.Model, state.Compiled.Optimizer);
        // By place, not by name: a program that builds its model twice numbers the second's layers on.
        var tensors = new List<TensorSource>(WeightTable.Sources(model).Select((w, i) => w with { Name = $"model/{i}" }));
        var trained = Trained(model);
        tensors.AddRange(SafetensorsWriter.Sources([.. optimizer.GetState(trained).Select((s, i) => (i < optimizer.StateHead ? "optimizer/" + s.Name : $"optimizer/{i - optimizer.StateHead}", s.Value))]));
        tensors.AddRange(SafetensorsWriter.Sources([.. state.Compiled.GetFigures().SelectMany((figure, i) => figure.Select((t, k) => ($"figures/{i}/{k}", t)))]));
        var callbacks = new JsonObject();
        foreach (var (name, callback) in state.Callbacks.Named())
        {
            if (Write(callback, $"callbacks/{name}/", tensors) is { } counted) callbacks[name] = counted;
        }
        var json = new JsonObject
        {
            ["format"] = Format,
            ["format_version"] = FormatVersion,
            ["epoch"] = state.Epoch,
            ["step"] = state.Step,
            ["stop_training"] = model.StopTraining,
            ["shows_average"] = optimizer.ShowsAverage,
            ["optimizer_weights"] = new JsonArray([.. Holding(trained, optimizer).Select(i => (JsonNode)i)]),
            ["trainable"] = new JsonArray([.. ModelFile.Inside(model).Select(l => (JsonNode)l.Trainable)]),
            ["data"] = state.Batches.Position.Write(),
            ["validation"] = state.Validation is { } validation ? DataPosition.WriteOrders(validation) : [],
            ["random"] = RandomState.Write(model),
            ["draws"] = new JsonArray([.. RandomState.Seeded(model).Select(l => (JsonNode)l.Random.Draws)]),
            ["callbacks"] = callbacks,
        };
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            ZipParts.PutJson(zip, StatePart, json);
            using var part = zip.CreateEntry(TensorPart, CompressionLevel.NoCompression).Open();
            SafetensorsWriter.Write(part, tensors, null);
        });
    }

    /// <summary>Opens a backup after checking all of it.</summary>
    /// <exception cref="KerasException">It is damaged or something else.</exception>
    public static BackupFile Open(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries) ZipParts.CopyTo(entry, Stream.Null, path);
            var state = ZipParts.ReadJson(zip, StatePart, path);
            if ((string?)state["format"] != Format || (int?)state["format_version"] != FormatVersion || zip.GetEntry(TensorPart) is null) throw Throw.Backup(path, "it was written by another version or program");
            return new(path, state);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or KerasException or InvalidOperationException or FormatException)
        {
            throw Throw.Backup(path, Throw.FirstLine(error.Message).TrimEnd('.'));
        }
    }

    /// <summary>Puts everything into the state that it had. The first hooks have run; in the middle of an epoch so have those of its beginning.</summary>
    public void Restore(TrainingState state, Action<Data.Batch> prepare)
    {
        var (model, optimizer) = (state.Model, state.Compiled.Optimizer);
        using var scope = torch.NewDisposeScope();
        using var recording = torch.no_grad();
        using var zip = ZipFile.OpenRead(_path);
        var part = zip.GetEntry(TensorPart)!;
        using var file = new SafetensorsReader(part.Open(), part.Length, _path);
        var tensors = file.ReadAll().ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal);
        RestoreModel(model, List(tensors, "model/"));
        RestoreOptimizer(model, tensors);
        optimizer.ShowsAverage = Flag("shows_average");
        if (!state.Batches.TryGoTo(DataPosition.Read(_state["data"], _path), prepare)
            || (state.Validation is { } validation && !DataPosition.TryRestoreOrders(validation, _state["validation"] as JsonArray ?? []))) throw Throw.Backup(_path, "it was made with other data");
        if (Step > 0 && !state.Compiled.TrySetFigures(Figures(tensors))) throw Throw.Backup(_path, "it was made with other metrics");
        RestoreCallbacks(state.Callbacks, tensors);
        RandomState.Restore(model, _state["random"] as JsonObject ?? [], wholeProcess: true, _path);
        foreach (var (layer, draws) in RandomState.Seeded(model).Zip(_state["draws"] as JsonArray ?? [])) layer.Random.Draws = draws!.GetValue<long>();
        model.StopTraining = Flag("stop_training");
        (state.Epoch, state.Step) = (Epoch, Step);
    }

    private static JsonObject? Write(Callback callback, string prefix, List<TensorSource> tensors)
    {
        var state = new CallbackState();
        callback.SaveState(state);
        if (state.IsEmpty) return null;
        foreach (var (key, list) in state.Tensors) tensors.AddRange(SafetensorsWriter.Sources([.. list.Select((t, i) => ($"{prefix}{key}/{i}", t))]));
        return new JsonObject
        {
            // As texts, because a best value may be infinite, which JSON does not know.
            ["numbers"] = new JsonObject(state.Numbers.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)n.Value.ToString("R", CultureInfo.InvariantCulture)))),
            ["texts"] = new JsonObject(state.Texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
            ["tensors"] = new JsonObject(state.Tensors.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value.Count))),
        };
    }

    private static List<Weight> Trained(Model model) => [.. model.Weights.Where(w => w.IsTrained)];

    /// <summary>The places of the weights that the optimizer keeps state for.</summary>
    private static IEnumerable<int> Holding(List<Weight> trained, Optimizer optimizer) => Enumerable.Range(0, trained.Count).Where(i => optimizer.HasState(trained[i]));

    private static List<IReadOnlyList<Tensor>> Figures(Dictionary<string, Tensor> tensors)
    {
        var figures = new List<IReadOnlyList<Tensor>>();
        while (List(tensors, $"figures/{figures.Count}/") is { Count: > 0 } figure) figures.Add(figure);
        return figures;
    }

    private static List<Tensor> List(Dictionary<string, Tensor> tensors, string prefix)
    {
        var list = new List<Tensor>();
        while (tensors.TryGetValue($"{prefix}{list.Count}", out var tensor)) list.Add(tensor);
        return list;
    }

    private void RestoreModel(Model model, List<Tensor> values)
    {
        var (layers, flags, weights) = (ModelFile.Inside(model).ToList(), _state["trainable"] as JsonArray ?? [], WeightTable.Of(model));
        if (layers.Count != flags.Count || weights.Count != values.Count) throw Throw.Backup(_path, $"it belongs to another model (with {flags.Count} layers and {values.Count} weights, not {layers.Count} and {weights.Count})");
        foreach (var ((key, weight), value) in weights.Zip(values))
        {
            if (weight.Shape != Shape.Of(value)) throw Throw.Backup(_path, $"it belongs to another model ({key} is {weight.Shape}, in the backup {Shape.Of(value)})");
        }
        for (var i = 0; i < layers.Count; i++)
        {
            var trainable = flags[i]!.GetValue<bool>();
            if (layers[i].Trainable != trainable) layers[i].Trainable = trainable;
        }
        foreach (var ((_, weight), value) in weights.Zip(values)) weight.Assign(value);
    }

    private void RestoreOptimizer(Model model, Dictionary<string, Tensor> tensors)
    {
        var (optimizer, trained, holding) = (model.Optimizer!, Trained(model), (_state["optimizer_weights"] as JsonArray ?? []).Select(i => i!.GetValue<int>()).ToList());
        model.ReadyOptimizer(model.Compiled!);
        if (holding.Exists(i => i < trained.Count && !optimizer.HasState(trained[i]))) ModelFile.GiveFrozenWeightsState(model);
        var values = List(tensors, "optimizer/");
        var own = optimizer.GetState(trained);
        if (!Holding(trained, optimizer).SequenceEqual(holding) || own.Count - optimizer.StateHead != values.Count || !own.Take(optimizer.StateHead).All(s => tensors.ContainsKey("optimizer/" + s.Name) || s.Name == Optimizer.RateName)) throw Throw.Backup(_path, "it was made with another optimizer");
        var head = own.Take(optimizer.StateHead).Where(s => tensors.ContainsKey("optimizer/" + s.Name)).Select(s => (s.Name, tensors["optimizer/" + s.Name]));
        optimizer.SetState([.. head, .. own.Skip(optimizer.StateHead).Zip(values, (s, value) => (s.Name, value))]);
    }

    private void RestoreCallbacks(CallbackList callbacks, Dictionary<string, Tensor> tensors)
    {
        var own = callbacks.Named().ToDictionary(c => c.Name, c => c.Callback, StringComparer.Ordinal);
        foreach (var (name, json) in _state["callbacks"] as JsonObject ?? [])
        {
            if (!own.TryGetValue(name, out var callback)) throw Throw.Backup(_path, $"it was made with a callback '{name}' that this run lacks");
            var state = new CallbackState();
            foreach (var (key, number) in json!["numbers"]!.AsObject()) state.Numbers[key] = double.Parse(number!.GetValue<string>(), CultureInfo.InvariantCulture);
            foreach (var (key, text) in json["texts"]!.AsObject()) state.Texts[key] = text!.GetValue<string>();
            foreach (var (key, _) in json["tensors"]!.AsObject()) state.Tensors[key] = List(tensors, $"callbacks/{name}/{key}/");
            callback.RestoreState(state);
        }
    }

    private int Number(string key) => (int)ConfigReader.Read(_state[key], typeof(int), $"{_path}, {key}")!;

    private bool Flag(string key) => (bool)ConfigReader.Read(_state[key], typeof(bool), $"{_path}, {key}")!;
}
