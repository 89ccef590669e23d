using DeepKeras.Files;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>A model's weights as a file.</summary>
public static class ModelWeights
{
    private static readonly string[] s_foreign = [".h5", ".hdf5", ".keras", ".pt", ".pth", ".npz", ".onnx", ".ckpt"];

    extension(Model model)
    {
        /// <summary>
        /// Writes all weights as a safetensors file, in Keras's layout and with keys such as <c>dense/kernel</c> (nested models in front:
        /// <c>encoder/dense/kernel</c>). A crash or a full disk in between leaves an old file of that name as it was.
        /// </summary>
        /// <param name="path">A name, best one that ends in .safetensors.</param>
        /// <exception cref="KerasException">The model has no weights yet, or the file cannot be written.</exception>
        /// <remarks><code>model.SaveWeights("lenet.safetensors");</code></remarks>
        public void SaveWeights(string path)
        {
            CheckName(path, ".safetensors");
            var weights = WeightTable.Sources(model);
            AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, weights, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "keras" }));
        }

        /// <summary>Reads weights that <c>SaveWeights</c> wrote. Nothing is changed when anything does not fit.</summary>
        /// <param name="path">A safetensors file.</param>
        /// <param name="skipMismatch">Whether to load what fits and leave the rest, instead of refusing the file.</param>
        /// <returns>What was loaded and what was not.</returns>
        /// <exception cref="KerasException">The file is damaged, or keys or shapes differ; the message names every one of them.</exception>
        /// <remarks><code>model.LoadWeights("lenet.safetensors");</code></remarks>
        public WeightReport LoadWeights(string path, bool skipMismatch = false)
        {
            using var file = new SafetensorsReader(path);
            return WeightTable.Load(model, file, skipMismatch, path);
        }
    }

    internal static void CheckName(string path, string wanted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (s_foreign.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) throw Throw.ForeignName(path, wanted);
    }
}
