using DeepKeras.Files;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>A model's weights as a file.</summary>
public static class ModelWeights
{
    /// <summary>The endings of formats that are not written here, neither for weights nor for models.</summary>
    internal static IReadOnlyList<string> Foreign { get; } = [".h5", ".hdf5", ".pt", ".pth", ".npz", ".onnx", ".ckpt"];

    /// <summary>The endings of files that torch.load reads.</summary>
    internal static IReadOnlyList<string> PyTorchEndings { get; } = [".pth", ".pt"];

    extension(Model model)
    {
        /// <summary>
        /// Writes all weights as a safetensors file, in Keras's layout and with keys such as <c>dense/kernel</c> (nested models in front:
        /// <c>encoder/dense/kernel</c>); or, under a name that ends in .weights.h5, as the HDF5 file that Keras's <c>load_weights</c> reads.
        /// A crash or a full disk in between leaves an old file of that name as it was.
        /// </summary>
        /// <param name="path">A name, best one that ends in .safetensors; for Keras one that ends in .weights.h5.</param>
        /// <exception cref="KerasException">The model has no weights yet, the file cannot be written, or the HDF5 library is missing.</exception>
        /// <remarks><code>model.SaveWeights("lenet.weights.h5");</code></remarks>
        public void SaveWeights(string path)
        {
            CheckWeights(path);
            if (IsKeras(path))
            {
                KerasWeights.Save(model, path);
                return;
            }
            var weights = WeightTable.Sources(model);
            AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, weights, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "keras" }));
        }

        /// <summary>Writes all weights under PyTorch's names and in its layout, for <c>load_state_dict</c>. A crash in between leaves an old file as it was.</summary>
        /// <param name="path">A name that ends in .pth or .pt (for <c>torch.load</c>) or in .safetensors.</param>
        /// <param name="map">The table between layers and keys.</param>
        /// <exception cref="KerasException">The model has no weights yet, a layer has no rule or two have one key, the ending is another, or the file cannot be written.</exception>
        /// <remarks><code>model.SaveWeights("lenet.pth", new StateDictMap(("conv{i}", "features.{i}"), ("dense", "classifier")));</code></remarks>
        public void SaveWeights(string path, StateDictMap map)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            ArgumentNullException.ThrowIfNull(map);
            new StateDictTable(model, map).Save(path);
        }

        /// <summary>
        /// Reads the weights of a PyTorch state dict, from a .pth or .pt file of either format or from safetensors. Nothing is changed when anything does not fit:
        /// every key must have its weight and every weight its key, in the right shape.
        /// </summary>
        /// <param name="path">
        /// A file that <see cref="WeightFile"/> opens. One of Keras has the layers' own names or order, so of the table only counts which of its layers are ignored.
        /// </param>
        /// <param name="map">The table between layers and keys.</param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest, instead of refusing the file.</param>
        /// <returns>What was loaded and what was not, by the keys and shapes of the file.</returns>
        /// <exception cref="KerasException">The file is damaged or wants to run code, or keys or shapes differ; the message names every one of them.</exception>
        /// <remarks><code>model.LoadWeights("lenet.pth", new StateDictMap(("conv{i}", "features.{i}"), ("dense", "classifier")));</code></remarks>
        public WeightReport LoadWeights(string path, StateDictMap map, bool skipMismatch = false)
        {
            ArgumentNullException.ThrowIfNull(map);
            using var file = WeightFile.Open(path);
            if (file.Keras is { } keras) return KerasWeights.Load(model, keras, skipMismatch, layer => map.KeyOf(layer) is { Length: > 0 } key && map.Ignores(key + "."));
            return new StateDictTable(model, map).Load(file, skipMismatch);
        }

        /// <summary>Reads weights that <c>SaveWeights</c> or Keras wrote. Nothing is changed when anything does not fit.</summary>
        /// <param name="path">
        /// A safetensors file, or several with an index; or a file of Keras: <c>.weights.h5</c>, which goes by class and order of the layers, or an older <c>.h5</c>,
        /// which goes by the layers' names where it has them all (as the files of <c>keras.applications</c>), else by their order.
        /// </param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest, instead of refusing the file.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="KerasException">The file is damaged, or keys or shapes differ (the message names every one of them), or the HDF5 library is missing.</exception>
        /// <remarks><code>model.LoadWeights("lenet.safetensors");</code></remarks>
        public WeightReport LoadWeights(string path, bool skipMismatch = false)
        {
            using var file = WeightFile.Open(path);
            if (file.IsPyTorch) throw Throw.MapNeeded(path);
            if (file.Keras is { } keras) return KerasWeights.Load(model, keras, skipMismatch);
            return WeightTable.Load(model, file.Reader, skipMismatch, path);
        }
    }

    /// <summary>Whether weights under that name are written in Keras's layout.</summary>
    internal static bool IsKeras(string path) => path.EndsWith(KerasWeights.Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a name of weights whose ending promises another format.</summary>
    internal static void CheckWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var ending = Path.GetExtension(path);
        if (IsKeras(path)) return;
        if (PyTorchEndings.Contains(ending, StringComparer.OrdinalIgnoreCase)) throw Throw.MapNeeded(path);
        if (ending.Equals(".h5", StringComparison.OrdinalIgnoreCase)) throw Throw.KerasWeightsEnding(path);
        if (ending.Equals(".keras", StringComparison.OrdinalIgnoreCase) || Foreign.Contains(ending, StringComparer.OrdinalIgnoreCase)) throw Throw.ForeignName(path, ".safetensors");
    }
}
