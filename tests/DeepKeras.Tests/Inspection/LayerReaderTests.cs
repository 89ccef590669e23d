using DeepKeras.Inspection;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Inspection;

public sealed class LayerReaderTests
{
    [Test]
    public void It_reads_what_a_model_that_ends_there_would_predict()
    {
        var model = KerasModels.Stack();
        using var images = Sample(ScalarType.Float32, 3, 8, 8, 1);
        using var scope = torch.NewDisposeScope();
        var reading = new LayerReader(model, 0, ^2, 5).Read(images);
        reading.Should().HaveCount(3);
        foreach (var (index, layer) in new[] { (0, model.Layers[0]), (1, model.Layers[^2]) })
        {
            var ending = new Model(model.Input, layer.Output);
            Close(reading[index], ending.Predict(images));
        }
        Close(reading.Output, model.Predict(images));
        Same(reading[2], new Model(model.Input, model.Layers[5].Input).Predict(images)).Should().BeTrue("dropout lets everything through when it is not training");
    }

    [Test]
    public void Layers_of_nested_models_are_read_and_an_input_shows_what_is_fed()
    {
        var model = KerasModels.Nested();
        using var x = Sample(ScalarType.Float32, 2, 8);
        using var scope = torch.NewDisposeScope();
        var inner = (Model)model.GetLayer("inner");
        var reading = new LayerReader(model, "d1", "inner", "two_headed/right", "x", "inner/d2").Read(x);
        Close(reading[0], inner.Layers[0].Call(x));
        Close(reading[1], inner.Call(x));
        Same(reading[1], reading[4]).Should().BeTrue();
        Same(reading[2], reading.Outputs[1]).Should().BeTrue();
        Same(reading[3], x).Should().BeTrue();
        reading.Outputs.Should().HaveCount(2);
        LayerReader.LayersOf(model).Select(l => l.Name).Should().Equal("x", "inner_input", "d1", "d2", "two_input", "left", "right", "top");
    }

    [Test]
    public void Several_inputs_are_given_in_order()
    {
        var model = KerasModels.Graph();
        using var scope = torch.NewDisposeScope();
        var (a, b) = (Sample(ScalarType.Float32, 2, 8), Ramp(0, 0.1, 2, 8));
        var reading = new LayerReader(model, "both").Read([a, b]);
        Tensor shared = ((Dense)model.GetLayer("shared")).Call(a);
        Close(reading[0].narrow(1, 0, 4), shared);
        Close(torch.sigmoid(reading.Logits), reading.Output);
    }

    [Test]
    public void Logits_are_what_the_last_activation_is_applied_to()
    {
        using var x = Sample(ScalarType.Float32, 3, 4);
        using var scope = torch.NewDisposeScope();
        foreach (var (layers, name) in new (Layer[] Layers, string Name)[]
        {
            ([Dense(5, activation: "softmax", inputShape: 4)], "softmax"),
            ([Dense(5, activation: "softmax", useBias: false, inputShape: 4)], "softmax"),
            ([Dense(5, inputShape: 4), Softmax()], "softmax"),
            ([Dense(5, inputShape: 4), Activation("softmax"), Dropout(0.5)], "softmax"),
            ([Dense(5, inputShape: 4, activation: "log_softmax")], "log_softmax"),
            ([Dense(1, inputShape: 4, activation: "sigmoid")], "sigmoid"),
            ([new Sequential([Dense(5, activation: "softmax", inputShape: 4)])], "softmax"),
            ([Dense(5, inputShape: 4)], "linear"),
            ([Dense(5, inputShape: 4, activation: "relu")], "linear"),
            ([Dense(5, inputShape: 4), Softmax(axis: 1)], "linear"),
        })
        {
            var reader = new LayerReader(new Sequential(layers));
            var reading = reader.Read(x);
            reader.OutputActivation.Name.Should().Be(name);
            var again = name switch
            {
                "softmax" => reading.Logits.softmax(1),
                "log_softmax" => torch.nn.functional.log_softmax(reading.Logits, 1),
                "sigmoid" => reading.Logits.sigmoid(),
                _ => reading.Logits,
            };
            Close(again, reading.Output);
            if (name == "linear") Same(reading.Logits, reading.Output).Should().BeTrue();
            else Same(reading.Logits, reading.Output).Should().BeFalse();
        }
    }

    [Test]
    public void Gradients_flow_through_it_and_none_are_left()
    {
        var model = new Sequential([Dense(3, inputShape: 2, useBias: false, activation: "relu"), Dense(2, useBias: false, activation: "softmax")]);
        model.SetWeights([Floats([1, 2, 3, 4, 5, 6], 2, 3), Floats([1, 0, 0, 1, 2, 0], 3, 2)]);
        model.Trainable = false;
        using var scope = torch.NewDisposeScope();
        var x = Floats([1, 1], 1, 2).requires_grad_(true);
        var reading = new LayerReader(model, 0).Read(x);
        var gradients = torch.autograd.grad([reading.Logits[0, 0]], [x, reading[0]]);
        // dS₀/dh = (1, 0, 2), and through the first kernel (1 + 6, 4 + 12).
        Numbers(gradients[0]).Should().Equal(7, 16);
        Numbers(gradients[1]).Should().Equal(1, 0, 2);
        model.Weights.Should().OnlyContain(w => ReferenceEquals(w.Value.grad, null));
    }

    [Test]
    public void Bytes_become_the_models_floats()
    {
        var model = new Sequential([Dense(1, inputShape: 2, useBias: false)]);
        model.SetWeights([Floats([1, 1], 2, 1)]);
        using var scope = torch.NewDisposeScope();
        Number(new LayerReader(model).Read(torch.tensor(new byte[] { 200, 100 }, [1, 2], ScalarType.Byte)).Output).Should().Be(300);
    }

    [Test]
    public void Wrong_use_is_refused()
    {
        var nested = KerasModels.Nested();
        var graph = KerasModels.Graph();
        Refused(() => new LayerReader(nested, "inner/d3"), "Model 'nested' has no layer 'inner/d3'. The nearest names are 'inner/d1', 'inner/d2'*model.Summary() lists all.");
        Refused(() => new LayerReader(KerasModels.Chain(), "hiden"), "Model 'chain' has no layer 'hiden'. Its layers are 'hidden', *");
        Refused(() => new LayerReader(nested, 9), "Model 'nested' has no layer number 9: it has * layers*");
        Refused(() => new LayerReader(nested, ^9), "Model 'nested' has no layer number ^9*");
        Refused(() => new LayerReader(nested, new Dense(2, name: "stranger")), "Model 'nested' does not run Dense 'stranger'*");
        Refused(() => new LayerReader(graph, "shared"), "Model 'graph' runs Dense 'shared'*2 times*layer.OutputAt(call)*");
        Refused(() => new LayerReader(new Sequential([Dense(2)])), "*input shape is not known yet*");
        Refused(() => LayerReader.LayersOf(new Sequential([Dense(2)])), "*input shape is not known yet*");
        Refused(() => new LayerReader(graph).Read(torch.zeros(1, 8)), "Model 'graph' takes 2 inputs but received one tensor*reader.Read([a, b])*");
        Refused(() => new LayerReader(graph).Read([]), "*2 inputs*");
        Refused(() => new LayerReader(nested).Read(torch.zeros(1, 7)), "*'x' expects shape (None, 8) but received (1, 7)*");
        var twins = new Sequential([new Sequential([Dense(2, inputShape: 3, name: "same")], "left"), new Sequential([Dense(2, inputShape: 2, name: "same")], "right")], "twins");
        Refused(() => new LayerReader(twins, "same"), "Model 'twins' has several layers 'same' in its nested models. Say which: 'left/same' or 'right/same'.");
        new LayerReader(twins, "right/same").Layers[0].Should().BeSameAs(((Model)twins.Layers[1]).Layers[0]);
        FluentActions.Invoking(() => new LayerReader(twins, -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Selectors_say_what_they_mean()
    {
        LayerSelector name = "a", place = 3, end = ^2, layer = new Dense(2, name: "b"), call = Dense(2, name: "c");
        new[] { name, place, end, layer, call }.Select(s => s.ToString()).Should().Equal("a", "3", "^2", "b", "c");
    }

    private static void Refused(Func<object> action, string message) => action.Should().Throw<KerasException>().WithMessage(message);
}
