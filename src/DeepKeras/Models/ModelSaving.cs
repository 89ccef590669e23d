using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>A whole model as one file.</summary>
public static class ModelSaving
{
    extension(Model model)
    {
        /// <summary>
        /// Writes layers, weights, what Compile was given, the optimizer's state and the state of the random numbers into one file, so that
        /// <c>LoadModel(path, resume: true)</c> goes on training bit by bit (on a CPU). A crash or a full disk in between leaves an old file as it was.
        /// </summary>
        /// <param name="path">A name, best one that ends in .dkeras.</param>
        /// <param name="includeOptimizer">Whether to write what Compile was given and the optimizer's state.</param>
        /// <exception cref="KerasException">The model has no weights yet, holds code (Lambda, a loss that is a function), or the file cannot be written.</exception>
        /// <remarks>
        /// <code>
        /// model.Save("lenet.dkeras");
        /// var same = LoadModel("lenet.dkeras");
        /// </code>
        /// </remarks>
        public void Save(string path, bool includeOptimizer = true)
        {
            ModelWeights.CheckName(path, ".dkeras");
            ModelFile.Save(model, path, includeOptimizer);
        }
    }
}
