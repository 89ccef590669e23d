using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Models;

public class GraphTests
{
    [SetUp]
    public void FreshNames() => ClearSession();

    [Test]
    public void Names_count_as_in_Keras()
    {
        var names = new Layer[] { Dense(1), Dense(1), new Dense(2, name: "mine"), Dense(1), ReLU(), LeakyReLU(), Conv2DTranspose(1, 1), UpSampling2D(), new Sequential(), new Sequential() };
        names.Select(l => l.Name).Should().Equal("dense", "dense_1", "mine", "dense_2", "re_lu", "leaky_re_lu", "conv2d_transpose", "up_sampling2d", "sequential", "sequential_1");
        var x = Input(3);
        new[] { new Model(x, x).Name, new Model(x, x).Name, x.Name }.Should().Equal("functional", "functional_1", "input_layer");
    }

    [Test]
    public void Layers_come_by_depth_and_then_by_discovery_as_in_Keras()
    {
        // Keras 3 orders this diamond: input, then both branches in the order in which the outputs reach them, then the join.
        var x = Input(4, name: "x");
        var left = Dense(3, name: "left")(x);
        var right = Dense(3, name: "right")(Dense(3, name: "deep")(x));
        var y = new Add(name: "join").Apply(right, left);
        var model = new Model(x, y);
        model.Layers.Select(l => l.Name).Should().Equal("x", "deep", "right", "left", "join");
        model.GetLayer("deep").Should().BeSameAs(model.Layers[1]);
        model.GetLayer(4).Name.Should().Be("join");
    }

    [Test]
    public void A_layer_called_twice_shares_its_weights()
    {
        var d = Dense(4);
        var a = Input(3);
        var b = Input(3);
        var model = new Model([a, b], [d(a), d(b)]);
        model.Weights.Should().HaveCount(2);
        var x = torch.rand(5, 3);
        var both = model.Predict([x, x]);
        Same(both[0], both[1]).Should().BeTrue();
        d.Layer.Invoking(l => l.Output).Should().Throw<KerasException>().WithMessage("*called 2 times*OutputAt*");
        d.Layer.OutputAt(1).Should().BeSameAs(model.Outputs[1]);
    }

    [Test]
    public void Models_nest_and_their_weights_are_the_inner_ones()
    {
        Sequential inner = [Dense(4, activation: "relu", inputShape: 3), Dropout(0.5), Dense(2)];
        var x = Input(3);
        var outer = new Model(x, Dense(1)(inner.AsCall()(x)));
        outer.Weights.Should().HaveCount(6);
        var data = torch.rand(6, 3);
        Tensor through = inner.Predict(data);
        var last = outer.Layers[^1];
        Tensor expected = last.Call(through);
        torch.allclose(outer.Predict(data), expected, 1e-6, 1e-6).Should().BeTrue();
        outer.Compile("sgd", "mse");
        outer.Fit(data, torch.rand(6, 1), verbose: 0);
        inner.Trainable = false;
        outer.TrainableWeights.Should().HaveCount(2);
    }

    [Test]
    public void A_nested_model_may_have_several_outputs()
    {
        var i = Input(3);
        var two = new Model(i, [Dense(2)(i), Dense(4)(i)]);
        var x = Input(3);
        var first = two.AsCall()(x);
        first.Siblings.Should().HaveCount(2);
        var model = new Model(x, Concatenate()(first.Siblings[0], first.Siblings[1]));
        model.Predict(torch.rand(2, 3))[0].shape.Should().Equal(2, 6);
    }

    [Test]
    public void A_tensor_knows_what_its_layer_was_called_on()
    {
        var (a, b) = (Input(3), Input(3));
        var shared = Dense(3);
        var sum = Add()(shared(a), shared(b));
        sum.Sources.Should().HaveCount(2);
        sum.Sources.Select(t => t.Sources.Single()).Should().Equal(a, b);
        a.Sources.Should().BeEmpty("data enters there");
    }

    [Test]
    public void Arithmetic_on_symbolic_tensors_computes_what_it_says()
    {
        var a = Input(3);
        var b = Input(3);
        var model = new Model([a, b], [a + b, a - b, a * b, a / b, (a * 2) + 1, 1 - a, -a, a / 4, 3 * a, a - 5]);
        var x = torch.rand(4, 3) + 1;
        var y = torch.rand(4, 3) + 1;
        var got = model.Predict([x, y]);
        Tensor[] expected = [x + y, x - y, x * y, x / y, (x * 2) + 1, 1 - x, -x, x / 4, 3 * x, x - 5];
        for (var i = 0; i < expected.Length; i++) torch.allclose(got[i], expected[i], 1e-6, 1e-6).Should().BeTrue("output {0}", i);
    }

    [Test]
    public void A_model_can_start_in_the_middle_of_a_graph()
    {
        Sequential whole = [Dense(4, activation: "tanh", inputShape: 3), Dense(2)];
        var top = new Model(whole.Layers[0].Output, whole.Output);
        var x = torch.rand(5, 3);
        Tensor maps = new Model(whole.Input, whole.Layers[0].Output).Predict(x);
        Same(top.Predict(maps), (Tensor)whole.Predict(x)).Should().BeTrue();
        top.Layers.Should().ContainSingle();
    }

    [Test]
    public void Inputs_are_found_by_name()
    {
        var a = Input(2, name: "a");
        var b = Input(3, name: "b");
        var model = new Model([a, b], Concatenate()(a, b));
        var x = torch.rand(4, 2);
        var y = torch.rand(4, 3);
        var byName = model.Predict(new Dictionary<string, Tensor> { ["b"] = y, ["a"] = x });
        Same(byName, torch.cat([x, y], 1)).Should().BeTrue();
        model.Invoking(m => m.Predict(new Dictionary<string, Tensor> { ["a"] = x })).Should().Throw<KerasException>().WithMessage("*lacks the input 'b'*");
        model.Invoking(m => m.Predict(new Dictionary<string, Tensor> { ["a"] = x, ["b"] = y, ["c"] = y })).Should().Throw<KerasException>().WithMessage("*'c'*'a', 'b'*");
        model.Invoking(m => m.Predict(x)).Should().Throw<KerasException>().WithMessage("*2 inputs*received 1*");
    }

    [Test]
    public void Graph_mistakes_are_named()
    {
        var a = Input(3, name: "a");
        var b = Input(3, name: "b");
        var sum = Add()(a, b);
        Refuses(() => new Model(a, sum), "*disconnected*'b'*");
        Refuses(() => new Model([a, a], a), "*same tensor twice*");
        Refuses(() => new Model([], a), "*no inputs*");
        Refuses(() => new Model(a, []), "*no outputs*");
        Refuses(() => new Model(a, Dense(1, name: "x")(Dense(1, name: "x")(a))), "*2 layers named 'x'*unique*");
        Refuses(() => new Model(a, a).GetLayer("nothing"), "*no layer 'nothing'*a*");
        Refuses(() => new Model(a, a).GetLayer(7), "*no layer number 7*");
        Refuses(() => _ = Dense(3).Layer.Output, "*no Output*not been called*");
        Refuses(() => new Sequential().Pop(), "*no layers*");
        Refuses(() => _ = new Sequential([Dense(3)]).Output, "*input shape is not known*");
        Refuses(() => new Sequential([Dense(3, inputShape: 2), InputLayer(2)]), "*Input must come first*");
        Refuses(() => new Sequential([Dense(3, name: "n"), Dense(2, name: "n")]), "*named 'n'*");
        Refuses(() => Input((28, -3)), "*at least 0*");
        LayerCall stranger = inputs => inputs[0];
        Refuses(() => _ = stranger.Layer, "*layer factory*");
    }

    [Test]
    public void Pop_takes_the_top_layer_off_and_Add_goes_on_from_there()
    {
        Sequential model = [Dense(4, inputShape: 3), Dense(2)];
        model.Pop();
        model.Add(Dense(7));
        model.Output.Shape.ToString().Should().Be("(None, 7)");
        model.Predict(torch.rand(1, 3))[0].shape.Should().Equal(1, 7);
    }

    [Test]
    public void Pop_takes_back_its_own_call_of_a_shared_layer()
    {
        var shared = new Dense(2, name: "shared");
        Sequential first = [Dense(3, inputShape: 4), shared];
        Sequential second = [Dense(3, inputShape: 5), shared];
        first.Pop();
        first.Output.Shape.ToString().Should().Be("(None, 3)");
        first.Predict(torch.rand(2, 4))[0].shape.Should().Equal(2, 3);
        second.Predict(torch.rand(2, 5))[0].shape.Should().Equal(2, 2);
        shared.Output.Should().BeSameAs(second.Output, "one call is left");
    }

    [Test]
    public void A_model_that_changed_after_Compile_is_measured_as_it_is_now()
    {
        Sequential model = [Dense(1, activation: "sigmoid", inputShape: 4)];
        model.Compile("sgd", "crossentropy", metrics: ["accuracy"]);
        model.Fit(torch.rand(6, 4), torch.zeros(6, 1), verbose: 0);
        model.Pop();
        model.Add(Dense(3, activation: "softmax", kernelInitializer: "zeros", kernelRegularizer: "l2"));
        model.Fit(torch.rand(6, 4), new long[] { 0, 0, 1, 1, 2, 2 }, verbose: 0)["accuracy"][0].Should().BeApproximately(1 / 3.0, 1e-6);
        model.Weights[0].Assign(torch.ones(4, 3));
        model.Evaluate(torch.zeros(6, 4), new long[] { 0, 0, 1, 1, 2, 2 }, verbose: 0).Loss.Should().BeGreaterThan(Math.Log(3) + 0.1, "the new layer's penalty counts");
    }

    [Test]
    public void A_stack_is_as_it_was_when_data_or_a_layer_did_not_fit()
    {
        Sequential late = [Dense(4, name: "first"), Conv2D(2, 3)];
        late.Invoking(m => m.Predict(torch.rand(2, 8))).Should().Throw<KerasException>();
        late.Layers[0].IsBuilt.Should().BeFalse();
        late.Pop();
        late.Predict(torch.rand(2, 5))[0].shape.Should().Equal(2, 4);
        late.Layers[0].Output.Shape.ToString().Should().Be("(None, 4)");

        Sequential empty = [];
        empty.Invoking(m => m.Add(Conv2D(2, 9, inputShape: (4, 4, 1)))).Should().Throw<KerasException>();
        empty.Add(Dense(3, inputShape: 7));
        empty.Input.Shape.ToString().Should().Be("(None, 7)");
    }

    [Test]
    public void A_layer_shared_with_a_nested_model_has_its_weights_once()
    {
        var shared = new Dense(4, name: "shared", kernelRegularizer: "l2");
        var inner = new Sequential([Input(4), shared], "inner");
        var x = Input(4);
        var model = new Model(x, inner.Apply(shared.Apply(x)));
        model.Weights.Should().HaveCount(2);
        model.CountParams().Should().Be(20);
        model.GetWeights().Should().HaveCount(2);
    }

    [Test]
    public void A_Sequential_without_shape_is_built_by_its_first_data()
    {
        Sequential model = [Flatten(), Dense(2)];
        model.IsBuilt.Should().BeFalse();
        model.Predict(new float[3, 4, 5])[0].shape.Should().Equal(3, 2);
        model.Input.Shape.ToString().Should().Be("(None, 4, 5)");
    }

    [Test]
    public void A_custom_layer_takes_ten_lines()
    {
        var x = Input(3);
        var model = new Model(x, new Scale(2).Apply(x));
        model.Predict(torch.ones(1, 3)).ToArray().Should().Equal(2, 2, 2);
        model.Compile("sgd", "mse");
        model.Fit(torch.ones(4, 3), torch.zeros(4, 3), verbose: 0);
        model.Predict(torch.ones(1, 3)).ToArray().Should().OnlyContain(v => v < 2);
    }

    [Test]
    public void A_model_is_a_TorchSharp_module_on_the_same_weights()
    {
        Sequential model = [Dense(4, activation: "relu", inputShape: 3), Dropout(0.5), Dense(1)];
        using var module = model.AsTorchModule();
        module.parameters().Should().HaveCount(4);
        var x = torch.rand(8, 3);
        module.eval();
        Same(module.call(x), (Tensor)model.Predict(x)).Should().BeTrue();
        module.train();
        var optimizer = torch.optim.SGD(module.parameters(), 0.1);
        var before = (Tensor)model.Predict(x);
        optimizer.zero_grad();
        module.call(x).pow(2).mean().backward();
        optimizer.step();
        Same(before, (Tensor)model.Predict(x)).Should().BeFalse("the module trained the model's weights");
    }

    private static void Refuses(Action action, string? message)
    {
        if (message is null) action.Should().NotThrow();
        else action.Should().Throw<KerasException>().WithMessage(message);
    }

    private sealed class Scale(double start, string? name = null) : Layer(null, name)
    {
        private Weight? _factor;

        public double Start { get; } = start;

        protected override void Build(Shape input) => _factor = AddWeight("factor", new Shape(input[^1]), new DeepKeras.Initializers.Constant(Start));

        protected internal override Tensor Forward(Tensor input, bool training) => input * _factor!.Value;
    }
}
