using System.Text.Json.Nodes;

namespace DeepKeras.Serialization;

/// <summary>Whole models in one HDF5 file, as <c>model.save("x.h5")</c> of Keras 2 and 3 writes them: configs as JSON in attributes, weights in <c>model_weights</c>.</summary>
internal static class KerasLegacyModel
{
    public static Model Load(string path, bool compile, bool resume)
    {
        if (resume) throw Throw.ModelFile(path, "an .h5 file does not hold the state of the random numbers, so load it with resume: false");
        using var file = new KerasH5(path);
        var config = file.ModelConfig ?? throw Throw.ModelFile(path, "it is an .h5 file of weights without a model");
        var json = ModelJson.Parse(config);
        KerasLegacyConfig.Modernize(json);
        var model = ObjectConfig.Read<Model>(json);
        _ = KerasWeights.Load(model, file, skipMismatch: false);
        if (!compile || file.TrainingConfig is not { } training) return model;
        CompileConfig.Apply(model, KerasLegacyConfig.Compile(model, ModelJson.Parse(training).AsObject()));
        using var scope = torch.NewDisposeScope();
        KerasOptimizerState.Restore(model, file.ReadOptimizer(), null, path);
        return model;
    }
}
