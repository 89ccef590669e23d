using DeepKeras.Serialization;

namespace DeepKeras;

/// <content>Loading models.</content>
public static partial class Keras
{
    /// <summary>Reads a model that <c>model.Save</c> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compile">Whether to compile it as it was, with the optimizer's state, where the file holds that.</param>
    /// <param name="resume">Whether the process's random numbers (shuffling, dropout, torch) go on where they stood at saving, so that training continues
    /// exactly as if it had not stopped; pass <c>initialEpoch</c> to <c>Fit</c> as well. Otherwise they are left alone.</param>
    /// <returns>The model; a <see cref="Sequential"/> where one was saved.</returns>
    /// <exception cref="KerasException">The file is damaged, of another kind, or needs a class that is not registered.</exception>
    /// <remarks><code>var model = LoadModel("lenet.dkeras", resume: true);</code></remarks>
    public static Model LoadModel(string path, bool compile = true, bool resume = false) => ModelFile.Load(path, compile, resume);
}
