using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>A whole model as one file.</summary>
public static class ModelSaving
{
    private const string OwnEnding = ".dkeras";

    extension(Model model)
    {
        /// <summary>
        /// Writes layers, weights, what Compile was given, the optimizer's state and the state of the random numbers into one file, so that
        /// <c>LoadModel(path, resume: true)</c> goes on training bit by bit (on a CPU). It is the file that Keras 3's <c>load_model</c> opens, too; under a name that
        /// ends in .dkeras it is one of DeepKeras's own, which needs no HDF5 library. A crash or a full disk in between leaves an old file as it was.
        /// </summary>
        /// <param name="path">A name, best one that ends in .keras.</param>
        /// <param name="includeOptimizer">Whether to write what Compile was given and the optimizer's state.</param>
        /// <exception cref="KerasException">
        /// The model has no weights yet, holds code (Lambda, a loss that is a function), the file cannot be written, or the HDF5 library is missing.
        /// </exception>
        /// <remarks>
        /// <code>
        /// model.Save("lenet.keras");
        /// var same = LoadModel("lenet.keras");
        /// </code>
        /// </remarks>
        public void Save(string path, bool includeOptimizer = true)
        {
            CheckModel(path);
            if (Path.GetExtension(path).Equals(OwnEnding, StringComparison.OrdinalIgnoreCase)) ModelFile.Save(model, path, includeOptimizer);
            else KerasModelFile.Save(model, path, includeOptimizer);
        }
    }

    /// <summary>Refuses a name of a model whose ending promises another format.</summary>
    internal static void CheckModel(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (ModelWeights.Foreign.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) throw Throw.ForeignName(path, ".keras");
    }
}
