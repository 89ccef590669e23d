using DeepKeras.Losses;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Losses;

/// <summary>Losses as Keras's JSON and back.</summary>
public sealed class LossConfigTests
{
    [Test]
    public void A_loss_read_from_its_config_gives_the_same_number()
    {
        using var scope = torch.NewDisposeScope();
        Loss[] samples = [.. LossSamples.Types.Select(t => LossSamples.Create(t, "sum")), .. LossSamples.Variants];
        foreach (var loss in samples)
        {
            var json = ObjectConfig.Write(loss);
            var copy = ObjectConfig.Read<Loss>(json);
            ObjectConfig.Write(copy).ToJsonString().Should().Be(json.ToJsonString());
            var (yTrue, yPred) = LossSamples.Data(loss);
            Close(copy.Compute(yTrue, yPred), Numbers(loss.Compute(yTrue, yPred)), 0, 0);
        }
        samples.Should().HaveCount(36);
    }

    [Test]
    public void A_config_of_Keras_is_read()
    {
        var loss = ObjectConfig.Read<Loss>(System.Text.Json.Nodes.JsonNode.Parse(
            """{"module":"keras.losses","class_name":"CategoricalCrossentropy","config":{"name":"cce","reduction":"sum","from_logits":true,"label_smoothing":0.1,"axis":-1},"registered_name":null}""")!);
        loss.Should().BeEquivalentTo(new { Name = "cce", Reduction = (Reduction)"sum", FromLogits = true, LabelSmoothing = 0.1, Axis = -1 });
    }
}
